import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { OperationSchemas, Schema, WrittenRoute } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// A part with `name="name"; name*=utf-8''admin` was judged as the field `name`, and Go, Django and Werkzeug read it as `admin`. Uploads of
// common platforms were refused: `filename*` beside `filename`, parameters in upper case, backslashes, a preamble (rule P14).

const form: Schema = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 20 },
    meta: { type: 'object', properties: { a: { type: 'integer' } } },
    file: { type: 'string', format: 'binary' },
    admin: { type: 'string', readOnly: true },
  },
}
const takes: OperationSchemas = some.operation({
  body: {
    required: true,
    content: {
      'multipart/form-data': { schema: form, encoding: {} },
      'application/x-www-form-urlencoded': { schema: { ...form, additionalProperties: true }, encoding: {} },
    },
  },
})
const route: WrittenRoute = {
  id: 'files.takes',
  method: 'POST',
  path: '/files',
  access: { kind: 'public', because: 'tests' },
  contract: { service: 'files', operation: 'takes' },
  action: { kind: 'call', service: 'files', method: 'POST', path: '/files' },
  request: { body: Object.keys(takes.body?.content ?? {}) },
  answers: { statuses: ['200'] },
}

let service: RecordingService
let gateway: TestGateway

beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    routes: [route],
    services: { files: some.service(service.url) },
    operations: { takes },
  })
})

afterAll(async () => {
  await gateway.close()
  await service.close()
})

async function post(body: string | Buffer, type = 'multipart/form-data; boundary=xyz') {
  const before = service.requests.length
  const bytes = typeof body === 'string' ? body : new Uint8Array(body)
  const init = { method: 'POST', body: bytes, headers: { 'content-type': type } }
  const { status } = await fetch(`http://127.0.0.1:${gateway.port}/files`, init)
  return { status, arrived: service.requests.length > before }
}

const part = (head: string, content = 'a'): string => `--xyz\r\n${head}\r\n\r\n${content}\r\n`
const disposition = (parameters: string): string => `Content-Disposition: form-data; ${parameters}`
const end = '--xyz--\r\n'

describe('a part that some readers take for another field is 400 and does not reach the service', () => {
  test.each<[string, string]>([
    ['an extended name', part(disposition(`name="name"; name*=utf-8''admin`))],
    ['a continued name', part(disposition('name="name"; name*0=ad; name*1=min'))],
    ['a name within a file name', part(disposition('name="file"; filename="a; name=admin; b"'))],
    ['an escaped name within a file name', part(disposition('name="file"; filename="a\\"; name=\\"admin"'))],
    ['a second disposition', part(`${disposition('name="name"')}\r\n${disposition('name="admin"')}`)],
    [
      'a disposition within another field',
      part(`X-A: ${disposition('name="admin"')}\r\n${disposition('name="name"')}`),
    ],
    ['a folded disposition', part('Content-Disposition: form-data; name="name";\r\n name="admin"')],
    ['a boundary after a line feed', part(disposition('name="name"'), `a\n--xyz\n${disposition('name="admin"')}\n\nb`)],
    ['a boundary within a line', part(disposition('name="name"'), `a--xyz\r\n${disposition('name="admin"')}\r\n\r\nb`)],
    [
      'a boundary within a preamble',
      `a --xyz\r\n${disposition('name="admin"')}\r\n\r\nb\r\n${part(disposition('name="name"'))}`,
    ],
    ['a boundary at a line feed of a preamble', `a\n${part(disposition('name="name"'))}`],
  ])('%s', async (_, body) => {
    expect(await post(body + end)).toEqual({ status: 400, arrived: false })
  })
})

describe('uploads of common platforms arrive', () => {
  test.each<[string, string]>([
    ['.NET', part(disposition(`name=file; filename=a.txt; filename*=utf-8''a.txt`))],
    ['.NET, another name', part(disposition(`name=file; filename="a b.txt"; filename*=utf-8''a%20b.txt`))],
    ['names of parameters in upper case', part(disposition('NAME="file"; FILENAME="a.txt"'))],
    ['a backslash in a file name', part(disposition('name="file"; filename="C:\\docs\\a.txt"'))],
    ['an escaped quotation mark', part(disposition('name="file"; filename="a \\"b\\".txt"'))],
    ['a preamble', `This is a multi-part message in MIME format.\r\n${part(disposition('name="name"'))}`],
    ['an empty line before', `\r\n${part(disposition('name="name"'))}`],
    ['a semicolon in a file name', part(disposition('name="file"; filename="a; b.txt"'))],
    ['other fields of the head', part(`Content-Length: 1\r\nContent-ID: <a>\r\n${disposition('name="name"')}`)],
    ['an empty file', part(`${disposition('name="file"; filename=""')}\r\nContent-Type: application/octet-stream`, '')],
  ])('%s', async (_, body) => {
    expect(await post(body + end)).toEqual({ status: 200, arrived: true })
  })

  test('fetch', async () => {
    const body = new FormData()
    body.append('name', 'ünï')
    body.append('file', new File(['x'], 'a; "b".txt'))
    const init = { method: 'POST', body }
    expect((await fetch(`http://127.0.0.1:${gateway.port}/files`, init)).status).toBe(200)
  })
})

describe('the charset of a part', () => {
  const typed = (name: string, type: string, content: string): string =>
    part(`${disposition(`name="${name}"`)}\r\nContent-Type: ${type}`, content)
  const file = `${disposition('name="file"; filename="a.txt"')}\r\nContent-Type: text/plain; charset=utf-16`

  test.each<[string, string | Buffer, number]>([
    ['text in UTF-8', typed('name', 'text/plain; charset=UTF-8', 'ü'), 200],
    ['text in UTF-16', typed('name', 'text/plain; charset=utf-16', 'ab'), 400],
    ['text in UTF-7', typed('name', 'text/plain; charset=utf-7', '+ADw-'), 400],
    ['JSON in UTF-16', typed('meta', 'application/json; charset=utf-16le', '{"a":1}'), 400],
    ['JSON in US-ASCII', typed('meta', 'application/json; charset=us-ascii', '{"a":1}'), 200],
    ['text in US-ASCII that is not', typed('name', 'text/plain; charset=us-ascii', 'ü'), 400],
    ['a file in any charset', part(file), 200],
  ])('%s: %s', async (_, body, status) => {
    expect(await post(body + end)).toEqual({ status, arrived: status === 200 })
  })

  test.each([
    ['UTF-8', 200],
    ['utf-16', 400],
    ['iso-8859-1', 400],
  ])('a field _charset_ that names %s: %i', async (charset, status) => {
    const urlencoded = await post(`_charset_=${charset}&name=a`, 'application/x-www-form-urlencoded')
    expect(urlencoded.status).toBe(status)
  })
})
