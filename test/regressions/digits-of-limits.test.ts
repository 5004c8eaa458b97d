import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { ReceivedRequest } from '../../generator/dev/simulator.ts'
import { type System, startSystem } from '../../generator/dev/system.ts'
import { openWorkshop, type Prepared } from '../corpus/workshop.ts'
import { manifestFolder } from '../support/manifestFolder.ts'
import { type Answer, send } from '../support/sampleSystem.ts'

// Limits of 64-bit integers were parsed as doubles: 9223372036854775807 became 9223372036854776000 in a contract, and
// larger values were accepted.

const most = '9223372036854775807'
const least = '-9223372036854775807'
const even = '9007199254740993'

const yaml = `
openapi: 3.1.0
info: { title: Ledger, version: '1' }
servers: [{ url: 'http://ledger.test' }]
components:
  schemas:
    Entry:
      type: object
      required: [id, kind]
      additionalProperties: false
      properties:
        id: { type: integer, format: int64, minimum: ${least}, exclusiveMaximum: ${most}, example: 9223372036854775806 }
        kind: { enum: [${even}, 'other'] }
paths:
  /entries/{id}:
    post:
      operationId: putEntry
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer, minimum: ${even} } }
        - { name: above, in: query, schema: { type: integer, maximum: ${even} } }
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Entry' } } } }
      responses:
        200:
          description: Fine
          content: { application/json: { schema: { $ref: '#/components/schemas/Entry' } } }
`
/** The same document in JSON, which is parsed by other code. */
const json = `{
  "openapi": "3.1.0",
  "info": { "title": "Ledger", "version": "1", "description": "\\"${most}\\" is not ${most}" },
  "servers": [{ "url": "http://ledger.test" }],
  "components": { "schemas": { "Entry": {
    "type": "object", "required": ["id", "kind"], "additionalProperties": false,
    "properties": {
      "id": {
        "type": "integer", "format": "int64", "minimum": ${least}, "exclusiveMaximum":${most}, "example": 9223372036854775806
      },
      "kind": { "enum": [${even},"other"] }
    }
  } } },
  "paths": { "/entries/{id}": { "post": {
    "operationId": "putEntry",
    "parameters": [
      { "name": "id", "in": "path", "required": true, "schema": { "type": "integer", "minimum": ${even} } },
      { "name": "above", "in": "query", "schema": { "type": "integer", "maximum": ${even} } }
    ],
    "requestBody": {
      "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Entry" } } }
    },
    "responses": { "200": {
      "description": "Fine", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Entry" } } }
    } }
  } } }
}`

describe.each([
  ['ledger.yaml', yaml],
  ['ledger.json', json],
])('64-bit limits of %s', (name, text) => {
  const folder = manifestFolder({ [name]: text })
  const workshop = openWorkshop()
  const received: ReceivedRequest[] = []
  let prepared: Prepared
  let system: System

  beforeAll(async () => {
    const made = await workshop.prepare({ name, specs: [join(folder.path, name)] }, ['app:jwt'])
    if (made.kind === 'refused') throw new Error(made.words)
    prepared = made
    system = await startSystem({
      model: made.model,
      plan: { clients: made.clients },
      out: made.out,
      port: 0,
      identityPort: 0,
      node: process.execPath,
      preload: [],
      env: { PATH: process.env['PATH'] },
      onRequest: (request) => received.push(request),
      onLog: () => undefined,
    })
  }, 60_000)
  afterAll(async () => {
    await system.close()
    workshop.remove()
    folder.remove()
  })

  const call = async (target: string, body: string): Promise<Answer> => {
    const [client] = system.clients
    const [user] = system.users
    if (client === undefined || user === undefined) throw new Error('Nothing runs.')
    received.length = 0
    const [field = '', value = ''] = (await client.credential(user)).split(/: (.*)/s)
    const headers = { [field.toLowerCase()]: value, 'content-type': 'application/json' }
    return send(client.url, 'POST', target, headers, Buffer.from(body))
  }
  const fits = `{"id":9223372036854775806,"kind":${even}}`

  test.each([
    ['src/gateway/ledger/schemas.json', [least, most, even]],
    ['openapi.json', [least, most, even, '9223372036854775806']],
  ])('%s has them as written', (file, numbers) => {
    const written = readFileSync(join(prepared.out, 'app', file), 'utf8').match(/-?\d{16,}/g)
    expect(written).toEqual(expect.arrayContaining(numbers))
    expect(written?.filter((number) => /0{3}$/.test(number))).toEqual([])
  })

  test('a value within them arrives and is returned with all digits', async () => {
    const { status, body } = await call(`/entries/${even}?above=${even}`, fits)
    expect([status, body.toString('utf8')]).toEqual([200, fits])
    expect(received.map(({ url, body: sent }) => [url, sent.toString('utf8')])).toEqual([
      [`/entries/${even}?above=${even}`, fits],
    ])
  })

  test.each([
    ['a path parameter one below', '/entries/9007199254740992', fits, 'id', `must be at least ${even}`],
    [
      'a query parameter one above',
      `/entries/${even}?above=9007199254740994`,
      fits,
      'above',
      `must be at most ${even}`,
    ],
    ['a member one above', `/entries/${even}`, `{"id":${most},"kind":"other"}`, '/id', `must be less than ${most}`],
    [
      'a member one below',
      `/entries/${even}`,
      '{"id":-9223372036854775808,"kind":"other"}',
      '/id',
      `must be at least ${least}`,
    ],
    [
      'a member beside a listed number',
      `/entries/${even}`,
      '{"id":1,"kind":9007199254740992}',
      '/kind',
      'must be one of the listed values',
    ],
  ])('%s is refused', async (_, target, body, pointer, detail) => {
    const answer = await call(target, body)
    const { errors } = JSON.parse(answer.body.toString('utf8')) as { readonly errors: readonly object[] }
    expect([answer.status, errors]).toEqual([400, [expect.objectContaining({ pointer, detail })]])
    expect(received).toEqual([])
  })
})
