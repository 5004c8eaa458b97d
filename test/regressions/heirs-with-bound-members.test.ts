import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { declarations } from '../../generator/emit/declarations.ts'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { credential, type PlannedGateway, startPlannedGateway } from '../support/plannedGateway.ts'
import { openRaw } from '../support/rawClient.ts'
import { complaintsOf } from '../support/typescript.ts'

// A member that the gateway sets is taken out of the contract of a body. Where heirs or alternatives have a discriminator, the
// mapping still led to schemas that require the member.

const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const text = { type: 'string' }
const discriminator = { propertyName: 'kind', mapping: { cat: 'Cat', dog: 'Dog' } }
const base = { type: 'object', required: ['kind', 'owner'], properties: { kind: text, owner: text } }
const heir = (of: string, name: string): JsonObject => ({
  allOf: [to(of), { type: 'object', required: [name], properties: { [name]: text } }],
})
const schemas: JsonObject = {
  Pet: { ...base, discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: 'Dog', Pet: 'Pet' } } },
  Cat: heir('Pet', 'lives'),
  Dog: heir('Pet', 'bark'),
  Listing: {
    ...base,
    oneOf: [to('Lion'), to('Wolf')],
    discriminator: { propertyName: 'kind', mapping: { cat: 'Lion', dog: 'Wolf' } },
  },
  Lion: heir('Listing', 'lives'),
  Wolf: heir('Listing', 'bark'),
  Any: { type: 'object', properties: { owner: text }, oneOf: [to('Cat'), to('Dog')], discriminator },
}
const operation = (name: string) => `
/${name}:
    post:
      operationId: put${name}
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/${name}' } } } }
      responses: { '204': { description: Fine } }`

const cat = { kind: 'cat', lives: '9' }
const names = ['Pet', 'Any', 'Listing'] as const
const fits: Readonly<Record<(typeof names)[number], readonly JsonValue[]>> = {
  Pet: [cat, { kind: 'dog', bark: 'loud' }, { kind: 'Pet' }],
  Any: [cat, { kind: 'dog', bark: 'loud' }],
  Listing: [cat, { kind: 'dog', bark: 'loud' }],
}
const refused: readonly JsonValue[] = [{ kind: 'cat' }, { kind: 'dog', lives: '9' }, { kind: 'zebra', lives: '9' }]

let gateway: PlannedGateway
beforeAll(async () => {
  gateway = await startPlannedGateway({
    schemas,
    paths: names.map((name) => operation(name).trim()),
    expose: ["'orders.*': { access: { authenticated: true }, bind: { body.owner: $principal.sub } }"],
    answer: (_request, res) => {
      res.writeHead(204)
      res.end()
    },
  })
})
afterAll(() => gateway?.close())

test.each(names)('a gateway takes the values of %s without the member', async (name) => {
  for (const value of [...fits[name], ...refused]) {
    const connection = await openRaw(gateway.port)
    const body = JSON.stringify(value)
    connection.write(`POST /${name} HTTP/1.1\r\nHost: a\r\n${credential}\r\nContent-Type: application/json\r\n`)
    connection.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    const { status } = await connection.response()
    connection.destroy()
    expect([value, status]).toEqual([value, fits[name].includes(value) ? 204 : 400])
  }
})

test('types take the same values', () => {
  const sample = (name: string, value: JsonValue) =>
    `{ const value: NonNullable<paths["/${name}"]["post"]["requestBody"]>["content"]["application/json"] = ${JSON.stringify(value)}; void value }`
  const lines = names.flatMap((name) => [
    ...fits[name].map((value) => sample(name, value)),
    ...refused.map((value) => `// @ts-expect-error\n${sample(name, value)}`),
  ])
  expect(complaintsOf([declarations(gateway.contract), ...lines].join('\n'))).toEqual([])
})
