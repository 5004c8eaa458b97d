import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { OperationSchemas, Schema, WrittenRoute } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// `text/csv; charset=windows-1252` was 415 although the gateway does not read the body, and so was JSON in US-ASCII, which is UTF-8.

const types: Readonly<Record<string, Schema>> = {
  'application/json': { type: 'object' },
  'application/x-www-form-urlencoded': { type: 'object', properties: { a: { type: 'string' } } },
  'application/xml': true,
  'text/csv': { type: 'string' },
  'text/plain': { type: 'string', maxLength: 10 },
}
const takes: OperationSchemas = some.operation({
  body: {
    required: true,
    content: Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema, encoding: {} }])),
  },
})
const route: WrittenRoute = {
  id: 'files.takes',
  method: 'POST',
  path: '/files',
  access: { kind: 'public', because: 'tests' },
  contract: { service: 'files', operation: 'takes' },
  action: { kind: 'call', service: 'files', method: 'POST', path: '/files' },
  request: { body: Object.keys(types) },
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

async function post(type: string, body: Buffer) {
  const before = service.requests.length
  const init = { method: 'POST', body: new Uint8Array(body), headers: { 'content-type': type } }
  const { status } = await fetch(`http://127.0.0.1:${gateway.port}/files`, init)
  return { status, type: service.requests.length === before ? null : service.requests.at(-1)?.headers['content-type'] }
}

const latin1 = Buffer.from('a;\xe9', 'latin1')
const utf8 = (text: string): Buffer => Buffer.from(text)

describe('rule P10: a body that the gateway does not read may have any charset, which is passed on', () => {
  test.each(['text/csv; charset=windows-1252', 'text/csv; charset=iso-8859-1', 'application/xml; charset=utf-16'])(
    '%s',
    async (type) => {
      expect(await post(type, latin1)).toEqual({ status: 200, type })
    },
  )
})

describe('rule P10: a body that the gateway reads is UTF-8 or US-ASCII', () => {
  test.each<[string, Buffer, number]>([
    ['application/json; charset=us-ascii', utf8('{"a":"b"}'), 200],
    ['application/json; charset=US-ASCII', utf8('{"a":"%C3"}'), 200],
    ['application/json; charset=us-ascii', utf8('{"a":"é"}'), 400],
    ['application/json; charset=UTF-8', utf8('{"a":"é"}'), 200],
    ['application/json; charset=utf-16', utf8('{"a":"b"}'), 415],
    ['application/json; charset=windows-1252', utf8('{}'), 415],
    ['text/plain; charset=us-ascii', utf8('abc'), 200],
    ['text/plain; charset=us-ascii', utf8('é'), 400],
    ['text/plain; charset=windows-1252', latin1, 415],
    ['application/x-www-form-urlencoded; charset=us-ascii', utf8('a=b'), 200],
    ['application/x-www-form-urlencoded; charset=us-ascii', utf8('a=%C3%A9'), 400],
    ['application/x-www-form-urlencoded; charset=shift_jis', utf8('a=b'), 415],
  ])('%s of %s is %i', async (type, body, status) => {
    expect((await post(type, body)).status).toBe(status)
  })
})
