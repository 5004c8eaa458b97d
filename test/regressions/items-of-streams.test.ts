import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { declarations } from '../../generator/emit/declarations.ts'
import { run } from '../../generator/index.ts'
import type { JsonObject } from '../../generator/read/types.ts'
import { structureFaults } from '../corpus/structure.ts'
import { getting, posting } from '../openapi/documents.ts'
import { outcomeOf, planOf, probing } from '../openapi/probe.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// FastAPI writes `itemSchema` into documents of OpenAPI 3.1. It was ignored there, so the contract said nothing about the events, and a
// document of 3.2 that has it was refused. ACCESS.md did not say that events pass as the service sends them.

/** As FastAPI 0.165 writes it. */
const event = {
  type: 'object',
  properties: {
    data: {
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: { $ref: '#/components/schemas/Item' },
    },
    event: { type: 'string' },
    id: { type: 'string' },
    retry: { type: 'integer', minimum: 0 },
  },
  required: ['data'],
}
const components = { schemas: { Item: { type: 'object', title: 'MARK', properties: { name: { type: 'string' } } } } }

const answering = (media: JsonObject, openapi: string, type = 'text/event-stream'): JsonObject =>
  getting({ responses: { 200: { description: 'Fine', content: { [type]: media } } } }, { openapi, components })

async function contractOf(document: JsonObject): Promise<string> {
  const { contract } = await planOf(document)
  expect(await structureFaults(JSON.stringify(contract))).toEqual([])
  expect(declarations(contract)).toContain('probe')
  return JSON.stringify(contract)
}

describe('the items of a stream are in the contract', () => {
  test.each(['3.1.0', '3.1.1', '3.2.0'])('of a document of %s', async (openapi) => {
    const contract = await contractOf(answering({ itemSchema: event }, openapi))
    expect(contract).toContain('"text/event-stream":{"schema":{"type":"object","properties":{"data":{')
    expect(contract).toContain('"contentSchema":{"$ref":"#/components/schemas/orders.Item"}')
    expect(contract).toContain('"title":"MARK"')
    expect(contract).not.toContain('itemSchema')
  })

  test.each([
    'text/event-stream; charset=utf-8',
    'application/jsonl',
    'application/x-ndjson',
    'application/json-seq',
    'application/geo+json-seq',
  ])('as %s', async (type) => {
    expect(await contractOf(answering({ itemSchema: event }, '3.1.0', type))).toContain('"title":"MARK"')
  })

  test('before `schema`, which is that of the whole', async () => {
    const whole = { type: 'array', items: { type: 'string' } }
    expect(await contractOf(answering({ schema: whole, itemSchema: event }, '3.2.0'))).toContain('"title":"MARK"')
    expect(await contractOf(answering({ schema: whole }, '3.1.0'))).toContain('"schema":{"type":"array"')
  })

  test('of a body that a client sends', async () => {
    const content = { 'application/jsonl': { itemSchema: { type: 'object', title: 'MARK' } } }
    const contract = await contractOf(posting({ requestBody: { content } }, { openapi: '3.1.0' }))
    expect(contract).toContain('"title":"MARK"')
  })
})

describe('it means nothing', () => {
  test('in a document of 3.0', async () => {
    expect(await contractOf(answering({ itemSchema: event }, '3.0.3'))).not.toContain('MARK')
  })

  test('for lines that are read as JSON', async () => {
    const { client } = await outcomeOf(answering({ itemSchema: event }, '3.1.0', 'application/stream+json'))
    expect(JSON.stringify(client?.contract)).not.toContain('MARK')
  })

  test('for a body that is no stream, in a document of 3.1', async () => {
    const { client, problems } = await outcomeOf(
      answering({ schema: {}, itemSchema: event }, '3.1.0', 'multipart/mixed'),
    )
    expect(problems).toEqual([])
    expect(JSON.stringify(client?.contract)).not.toContain('MARK')
  })
})

test('a body of 3.2 that is no stream is refused', async () => {
  const { problems } = await outcomeOf(answering({ itemSchema: event }, '3.2.0', 'multipart/mixed'))
  expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['GW2120'])
})

test('a reference in it that leads nowhere is reported', async () => {
  const { problems } = await outcomeOf(answering({ itemSchema: { $ref: '#/components/schemas/Absent' } }, '3.1.0'))
  expect(problems.map((problem) => problem.slice(0, 6))).toEqual(['GW1204'])
})

test('events pass as the service sends them', async () => {
  await probing(answering({ itemSchema: event }, '3.1.0'), {}, async (probe) => {
    const told = await probe.send(
      { method: 'GET' },
      { headers: { 'content-type': 'text/event-stream' }, body: { undeclared: 1 } },
    )
    expect([told.status, told.body]).toEqual([200, '{"undeclared":1}'])
  })
})

test.each([
  ['text/event-stream', '- `GET /probe` `/200`: its events or lines as the service sends them'],
  ['application/x-ndjson', '- `GET /probe` `/200`: its events or lines as the service sends them'],
  ['image/png', '- `GET /probe` `/200`: image/png as the service sends it'],
])('ACCESS.md says so: %s', async (type, line) => {
  const manifest = {
    gatewright: 1,
    name: 'shop',
    services: { orders: { spec: 'orders.json', url: 'http://orders.internal' } },
    clients: { web: { expose: { 'orders.*': { access: { public: 'For tests' } } } } },
  }
  const document = answering(type === 'image/png' ? {} : { itemSchema: event }, '3.1.0', type)
  const folder = manifestFolder({ 'gateway.yaml': JSON.stringify(manifest), 'orders.json': JSON.stringify(document) })
  try {
    const { diagnostics, files } = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'emit',
      skipUnsupported: false,
    })
    expect(diagnostics.all.map(({ code }) => code)).toEqual(type === 'image/png' ? [] : ['GW3341'])
    const access = files?.value.find(({ path }) => path.endsWith('ACCESS.md'))
    expect(access?.contents).toContain(line)
  } finally {
    folder.remove()
  }
})
