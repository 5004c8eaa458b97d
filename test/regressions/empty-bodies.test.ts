import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { OperationSchemas, Route, Schema, WrittenRoute } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// An empty chunked body was refused: 400 where an operation takes no body, and 415 without a Content-Type where one is optional. An
// empty file with `Content-Length: 0` was a missing body.

const text: Schema = { type: 'string' }
const long: Schema = { type: 'string', minLength: 1 }
const types: Readonly<Record<string, Schema>> = {
  'application/json': { type: 'object' },
  'application/x-www-form-urlencoded': { type: 'object' },
  'multipart/form-data': { type: 'object' },
  'application/xml': { type: 'object' },
  'application/octet-stream': true,
  'application/pdf': long,
  'text/plain': text,
  'text/csv': long,
  'image/*': text,
}
const takes = (required: boolean): OperationSchemas =>
  some.operation({
    body: {
      required,
      content: Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema, encoding: {} }])),
    },
  })
const route = (method: Route['method'], path: string, contract: string): WrittenRoute => ({
  id: `files.${method}${path}`,
  method,
  path,
  access: { kind: 'public', because: 'tests' },
  contract: { service: 'files', operation: contract },
  action: { kind: 'call', service: 'files', method, path },
  answers: { statuses: ['200'] },
  ...(contract === 'any' ? {} : { request: { body: Object.keys(types) } }),
})

let service: RecordingService
let gateway: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    routes: [
      ...(['GET', 'DELETE', 'POST', 'PUT', 'PATCH'] as const).map((method) => route(method, '/bare', 'any')),
      route('POST', '/required', 'required'),
      route('POST', '/optional', 'optional'),
      route('DELETE', '/optional', 'optional'),
    ],
    services: { files: some.service(service.url) },
    operations: { required: takes(true), optional: takes(false) },
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

const framings = {
  'Content-Length: 0': { field: 'Content-Length: 0', body: '' },
  'an empty chunked body': { field: 'Transfer-Encoding: chunked', body: '0\r\n\r\n' },
  'an empty chunked body with a trailer': { field: 'Transfer-Encoding: chunked', body: '0\r\nX-A: b\r\n\r\n' },
} as const
type Framing = keyof typeof framings

/** The status, and the Content-Type and body that the service received; then a second request on the same connection. */
async function send(line: string, framing: { readonly field: string; readonly body: string }, type: string | null) {
  const before = service.requests.length
  const fields = [framing.field, ...(type === null ? [] : [`Content-Type: ${type}`])]
  const connection = await openRaw(gateway.port)
  connection.write(requestText(`${line} HTTP/1.1`, fields, framing.body))
  const { status } = await connection.response(line.split(' ', 1)[0])
  const got = service.requests.length === before ? null : service.requests.at(-1)
  connection.write(requestText('GET /bare HTTP/1.1'))
  const next = await connection.response()
  connection.destroy()
  return { status, sent: got == null ? null : [got.headers['content-type'] ?? null, got.body], next: next.status }
}

const all = Object.keys(framings) as Framing[]

describe.each(all)('rule P10: %s', (name) => {
  const framing = framings[name]

  test.each(['GET', 'HEAD', 'DELETE', 'POST', 'PUT', 'PATCH'])(
    'is no body of an operation without one: %s',
    async (method) => {
      expect(await send(`${method} /bare`, framing, null)).toEqual({ status: 200, sent: [null, ''], next: 200 })
      expect(await send(`${method} /bare`, framing, 'application/json')).toEqual({
        status: 200,
        sent: [null, ''],
        next: 200,
      })
    },
  )

  test.each(['POST', 'DELETE'])('without a Content-Type is no body: %s', async (method) => {
    expect(await send(`${method} /optional`, framing, null)).toEqual({ status: 200, sent: [null, ''], next: 200 })
  })

  test('without a Content-Type is missing where a body is required', async () => {
    expect(await send('POST /required', framing, null)).toEqual({ status: 400, sent: null, next: 200 })
  })

  test.each([
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'video/mp4',
  ])('of type %s is none, and missing where one is required', async (type) => {
    expect(await send('POST /optional', framing, type)).toEqual({ status: 200, sent: [null, ''], next: 200 })
    expect(await send('POST /required', framing, type)).toEqual({ status: 400, sent: null, next: 200 })
  })

  test.each(['application/octet-stream', 'text/plain', 'image/png'])('of type %s is a value', async (type) => {
    for (const path of ['/optional', '/required'])
      expect(await send(`POST ${path}`, framing, type)).toEqual({ status: 200, sent: [type, ''], next: 200 })
  })

  test.each(['text/csv', 'application/pdf'])('of type %s, which the schema does not allow, is 400', async (type) => {
    for (const path of ['/optional', '/required'])
      expect(await send(`POST ${path}`, framing, type)).toEqual({ status: 400, sent: null, next: 200 })
  })
})

describe('a chunked body with bytes', () => {
  const framing = { field: 'Transfer-Encoding: chunked', body: '3\r\nabc\r\n0\r\n\r\n' }

  test.each<[string, string, string | null, number, readonly unknown[] | null]>([
    ['of an operation without one', 'POST /bare', null, 400, null],
    ['of an operation without one, with a type', 'GET /bare', 'text/plain', 400, null],
    ['without a type', 'POST /optional', null, 415, null],
    ['of an undocumented type', 'POST /required', 'video/mp4', 415, null],
    ['of a file', 'POST /required', 'application/octet-stream', 200, ['application/octet-stream', 'abc']],
    ['of a file that must not be empty', 'POST /required', 'application/pdf', 200, ['application/pdf', 'abc']],
    ['of text', 'POST /optional', 'text/csv', 200, ['text/csv', 'abc']],
  ])('%s', async (_, line, type, status, sent) => {
    expect(await send(line, framing, type)).toEqual({ status, sent, next: 200 })
  })

  test('that arrives piece by piece, of a file that must not be empty', async () => {
    const before = service.requests.length
    const connection = await openRaw(gateway.port)
    connection.write(
      requestText('POST /required HTTP/1.1', ['Transfer-Encoding: chunked', 'Content-Type: application/pdf']),
    )
    const pieces = Array.from({ length: 50 }, (_, at) => `${at} `.padEnd(3_000, 'x'))
    for (const piece of pieces) {
      connection.write(`${piece.length.toString(16)}\r\n${piece}\r\n`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    connection.write('0\r\n\r\n')
    expect((await connection.response()).status).toBe(200)
    expect(service.requests[before]?.body).toBe(pieces.join(''))
    connection.destroy()
  })

  test('of which the client sends nothing before it leaves does not reach the service', async () => {
    const before = service.begun
    const connection = await openRaw(gateway.port)
    connection.write(requestText('POST /bare HTTP/1.1', ['Transfer-Encoding: chunked']))
    connection.socket.end()
    await connection.closed
    expect(service.begun).toBe(before)
  })
})
