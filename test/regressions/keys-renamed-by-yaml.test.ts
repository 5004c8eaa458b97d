import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { run } from '../../generator/index.ts'
import type { ClientPlan } from '../../generator/plan/types.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// Keys of YAML that read as another type were renamed: a member `2.0` became `2`, `010` became `10`, `1e3` became `1000`. The gateway then
// dropped the members that the service sent. Values that were numbers although their type was text were refused or taken without a word.

const manifest = `
gatewright: 1
name: shop
services: { shop: { spec: spec.yaml, url: 'http://127.0.0.1:4102' } }
authenticators: { bearer: { type: jwt, issuer: https://id.example, audience: shop } }
clients: { web: { authenticate: [bearer], expose: { shop.getX: { access: { authenticated: true } } } } }
`
const head = "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\n"

interface Outcome {
  readonly client: ClientPlan | null
  readonly found: readonly string[]
}

async function outcomeOf(spec: string): Promise<Outcome> {
  const folder = manifestFolder({ 'gateway.yaml': manifest, 'spec.yaml': spec })
  try {
    const result = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'plan',
      skipUnsupported: false,
    })
    const { diagnostics, plan } = result
    return {
      client: plan?.value.clients[0] ?? null,
      // Members without a type admit any value, which GW3341 reports.
      found: diagnostics.all
        .filter(({ code }) => code !== 'GW3341')
        .map(({ code, origin, message }) => {
          const place = origin === null ? null : diagnostics.locator.locate(origin)
          return `${code} ${place?.line}:${place?.column} ${message}`
        }),
    }
  } finally {
    folder.remove()
  }
}

const answering = (schema: string, more = ''): string => `${head}paths:
  /x:
    get:
      operationId: getX
      responses:
        200:
          description: Fine
          content:
            application/json:
              schema: ${schema}
${more}`

describe('keys keep their text', () => {
  test.each(['2.0', '010', '1e3', '0x1F', '0o17', '.5', '1_000', '~', 'null', 'true', 'yes', '2024-01-01'])(
    'a member %s',
    async (name) => {
      const { client, found } = await outcomeOf(
        answering(`{ type: object, properties: { ${name}: { type: string } } }`),
      )
      expect(found).toEqual([])
      const schemas = JSON.stringify(client?.services[0]?.schemas)
      expect(schemas).toContain(`"properties":{"${name}":{"type":"string"}}`)
    },
  )

  test('the name of a schema, and the mapping that leads to it', async () => {
    const more = `components:
  schemas:
    1.0: { type: object, required: [kind], properties: { kind: { type: string }, old: { type: string } } }
    010: { type: object, required: [kind], properties: { kind: { type: string } } }
`
    const parts = "[{ $ref: '#/components/schemas/1.0' }, { $ref: '#/components/schemas/010' }]"
    const mapping = "{ 1e1: '#/components/schemas/1.0', 0x2: '#/components/schemas/010' }"
    const schema = `{ oneOf: ${parts}, discriminator: { propertyName: kind, mapping: ${mapping} } }`
    const { client, found } = await outcomeOf(answering(schema, more))
    expect(found).toEqual([])
    const schemas = JSON.stringify(client?.services[0]?.schemas)
    expect(schemas).toContain('"1e1":')
    expect(schemas).toContain('"0x2":')
  })

  test('the name of an example, and what an alias is the key of', async () => {
    const parameter = `      parameters:
        - { name: version, in: query, schema: { type: string }, examples: { 2.0: { value: &v '2.0' }, 010: { value: *v } } }
`
    const spec = answering('{ type: object, properties: { a: { default: &k 1.0 }, *k : { type: string } } }')
    const { client, found } = await outcomeOf(spec.replace('      responses:', `${parameter}      responses:`))
    expect(found).toEqual([])
    const contract = JSON.stringify(client?.contract)
    expect(contract).toContain('"examples":{"2.0":{"value":"2.0"},"010":{"value":"2.0"}}')
    expect(contract).toContain('"a":{"default":1},"1.0":{"type":"string"}')
  })

  test('names that are the same number are two members', async () => {
    const { client } = await outcomeOf(
      answering('{ type: object, properties: { 1.0: { type: string }, 01: { type: integer } } }'),
    )
    expect(JSON.stringify(client?.services[0]?.schemas)).toContain('"1.0":{"type":"string"},"01":{"type":"integer"}')
  })

  test('names of the same text are one, which is refused', async () => {
    const { found } = await outcomeOf(
      answering("{ type: object, properties: { 010: { type: string }, '010': { type: integer } } }"),
    )
    expect(found.map((one) => one.slice(0, 9))).toEqual(['GW1104 12'])
  })
})

describe('a listed value that its type excludes', () => {
  test.each([
    ["{ type: string, enum: ['0644', 0755] }", ['GW3269 12:63 `755` in `enum` is a number.']],
    ['{ type: string, enum: [a, 1e3, true] }', ['GW3269 12:58 `1000` in `enum` is a number.', 'GW3269 12:63 `true`']],
    ["{ type: integer, enum: [1, '2'] }", ['GW3269 12:59 `2` in `enum` is text.']],
    ['{ type: string, const: 2.0 }', ['GW3269 12:55 `2` in `const` is a number.']],
    ['{ type: [string, boolean], enum: [a, ~] }', ['GW3269 12:69 `null` in `enum` is null.']],
    ['{ type: string, enum: [0755, 1000] }', ['GW3255 12:54 No value of `enum` is of type `string`.']],
  ])('%s is reported at its place', async (schema, want) => {
    const { found } = await outcomeOf(answering(`{ items: ${schema}, type: array }`))
    expect(found.map((one, at) => one.slice(0, want[at]?.length))).toEqual(want)
  })

  test.each([
    '{ type: string, enum: [a, yes, 2024-01-01] }',
    '{ type: number, enum: [1, 2.5] }',
    "{ type: ['null', string], enum: [a, ~] }",
    '{ enum: [a, 1] }',
  ])('%s is not', async (schema) => {
    expect((await outcomeOf(answering(`{ items: ${schema}, type: array }`))).found).toEqual([])
  })
})
