import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { declarations } from '../../generator/emit/declarations.ts'
import type { JsonObject, JsonValue } from '../../generator/read/types.ts'
import { credential, type PlannedGateway, startPlannedGateway } from '../support/plannedGateway.ts'
import { openRaw } from '../support/rawClient.ts'
import { complaintsOf } from '../support/typescript.ts'

// A discriminator meant one thing to the gateway, another to the emitted types, and a third to the contract: members with values of
// their own were typed with the names of their schemas, and heirs by `allOf` were documented, but not enforced. Each family here is
// sent through a gateway as a request and as an answer, and compiled against the types of its contract.

const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const text = { type: 'string' }
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
})
const extending = (name: string, properties: JsonObject, ...required: string[]): JsonObject => ({
  allOf: [to(name), object(properties, ...required)],
})
const by = (propertyName: string, mapping?: JsonObject): JsonObject => ({
  discriminator: { propertyName, ...(mapping === undefined ? {} : { mapping }) },
})

interface Family {
  readonly openapi?: string
  /** `Probe` is the schema that is tried. */
  readonly schemas: JsonObject
  readonly fits: readonly JsonValue[]
  /** Values that neither the types nor a gateway take. */
  readonly refused: readonly JsonValue[]
  /** Values that a gateway refuses, and that types cannot tell. */
  readonly unseen?: readonly JsonValue[]
}

const cat = object({ kind: text, lives: { type: 'integer' } }, 'kind', 'lives')
const dog = object({ kind: text, bark: text }, 'kind', 'bark')
const aCat = { kind: 'cat', lives: 9 }
const aDog = { kind: 'dog', bark: 'loud' }
const named = { cat: { ...aCat, kind: 'Cat' }, dog: { ...aDog, kind: 'Dog' } }
const strange = { kind: 'zebra', bark: 'none' }

const pet = object({ kind: text, name: text }, 'kind')
const heirs = {
  Cat: extending('Probe', { lives: { type: 'integer' } }, 'lives'),
  Dog: extending('Probe', { bark: text }, 'bark'),
}

const families: Readonly<Record<string, Family>> = {
  'alternatives with an enum of their own': {
    schemas: {
      TextComment: object({ commentType: { type: 'string', enum: ['text'] }, body: text }, 'commentType', 'body'),
      ImageComment: object(
        { commentType: { type: 'string', enum: ['image', 'gif'] }, url: text },
        'commentType',
        'url',
      ),
      Probe: { oneOf: [to('TextComment'), to('ImageComment')], ...by('commentType') },
    },
    fits: [
      { commentType: 'text', body: 'a' },
      { commentType: 'image', url: 'a' },
      { commentType: 'gif', url: 'a' },
    ],
    refused: [
      { commentType: 'TextComment', body: 'a' },
      { commentType: 'gif', body: 'a' },
      { commentType: 'video', url: 'a' },
    ],
  },
  'alternatives with const, in anyOf': {
    schemas: {
      Cat: object({ kind: { const: 'cat' }, lives: { type: 'integer' } }, 'kind', 'lives'),
      Dog: object({ kind: { const: 'dog' }, bark: text }, 'kind', 'bark'),
      Probe: { anyOf: [to('Cat'), to('Dog')], ...by('kind') },
    },
    fits: [aCat, aDog],
    refused: [named.cat, { ...aCat, kind: 'dog' }, strange],
  },
  'alternatives with values of an enum that is referred to': {
    openapi: '3.0.3',
    schemas: {
      CatKind: { type: 'string', enum: ['cat', 'kitten'] },
      Cat: object({ kind: to('CatKind'), lives: { type: 'integer' } }, 'kind', 'lives'),
      Dog: dog,
      Probe: { oneOf: [to('Cat'), to('Dog')], ...by('kind') },
    },
    fits: [aCat, { ...aCat, kind: 'kitten' }, named.dog],
    refused: [named.cat, aDog],
  },
  'a partial mapping': {
    schemas: { Cat: cat, Dog: dog, Probe: { oneOf: [to('Cat'), to('Dog')], ...by('kind', { cat: 'Cat' }) } },
    fits: [aCat, named.dog],
    refused: [named.cat, aDog, strange],
  },
  'a partial mapping beside values of one enum': {
    schemas: {
      Pet: object({ kind: { type: 'string', enum: ['cat', 'dog'] } }, 'kind'),
      Cat: extending('Pet', { lives: { type: 'integer' } }, 'lives'),
      Dog: extending('Pet', { bark: text }, 'bark'),
      Probe: { oneOf: [to('Cat'), to('Dog')], ...by('kind', { cat: '#/components/schemas/Cat' }) },
    },
    fits: [aCat, aDog],
    refused: [{ ...aCat, kind: 'dog' }, { ...aDog, kind: 'cat' }, named.cat],
  },
  'alternatives that are alternatives themselves': {
    schemas: {
      Cat: cat,
      Dog: dog,
      Fish: object({ kind: text, fins: { type: 'integer' } }, 'kind', 'fins'),
      Furry: { oneOf: [to('Cat'), to('Dog')], ...by('kind', { cat: 'Cat' }) },
      Probe: { oneOf: [to('Furry'), to('Fish')], ...by('kind') },
    },
    fits: [aCat, named.dog, { kind: 'Fish', fins: 2 }],
    refused: [
      { kind: 'Furry', lives: 1 },
      { kind: 'Fish', bark: 'a' },
      { kind: 'cat', bark: 'a' },
    ],
  },
  'alternatives that may be null': {
    openapi: '3.0.3',
    schemas: { Cat: cat, Dog: dog, Probe: { nullable: true, oneOf: [to('Cat'), to('Dog')], ...by('kind') } },
    fits: [null, named.cat],
    refused: [aCat, { ...named.dog, kind: 'Cat' }],
  },
  'a default': {
    openapi: '3.2.0',
    schemas: {
      Cat: cat,
      Other: object({ kind: text, what: text }, 'what'),
      Probe: {
        oneOf: [to('Cat'), to('Other')],
        discriminator: { propertyName: 'kind', mapping: { cat: 'Cat' }, defaultMapping: 'Other' },
      },
    },
    fits: [aCat, { kind: 'zebra', what: 'a' }, { what: 'a' }],
    refused: [{ kind: 'cat', bark: 'a' }, { bark: 'a' }],
  },
  'a base that is an alternative beside null': {
    schemas: { Probe: { anyOf: [{ ...pet, ...by('kind') }, { type: 'null' }] }, ...heirs },
    fits: [null, named.cat, named.dog, { kind: 'Probe' }],
    refused: [{ kind: 'Cat' }, strange, aCat],
  },
  'a base in oneOf beside null': {
    schemas: {
      Probe: { oneOf: [{ type: 'null' }, { allOf: [{ ...pet, ...by('kind', { cat: 'Cat', dog: 'Dog' }) }] }] },
      ...heirs,
    },
    fits: [null, aCat, aDog],
    refused: [{ kind: 'cat' }, strange],
  },
  'a base that lists its heirs': {
    schemas: {
      Probe: { ...pet, oneOf: [to('Cat'), to('Dog')], ...by('kind', { cat: 'Cat', dog: 'Dog' }) },
      ...heirs,
    },
    fits: [aCat, { ...aDog, name: 'a' }],
    refused: [{ kind: 'cat' }, { ...aCat, kind: 'dog' }, { ...aDog, name: 1 }, strange],
  },
  'a base that lists its heirs, without a discriminator': {
    schemas: { Probe: { ...pet, oneOf: [to('Cat'), to('Dog')] }, ...heirs },
    fits: [aCat, aDog],
    refused: [{ kind: 'cat' }, { bark: 'a' }, { kind: 'cat', lives: 'a' }],
  },
  'an heir of a base that lists its heirs': {
    schemas: {
      Shape: { oneOf: [to('Probe'), to('Square')], properties: { name: text } },
      Probe: extending('Shape', { radius: { type: 'number' } }, 'radius'),
      Square: extending('Shape', { side: { type: 'number' } }),
    },
    fits: [{ radius: 1 }, { radius: 1, name: 'a' }],
    refused: [{ side: 1 }, { radius: 1, name: 2 }],
  },
  'heirs by allOf': {
    schemas: { Probe: { ...pet, ...by('kind') }, ...heirs },
    fits: [named.cat, { ...named.dog, name: 'a' }, { kind: 'Probe', name: 'a' }],
    refused: [
      { kind: 'Cat' },
      { ...named.cat, kind: 'Dog' },
      { kind: 'zebra' },
      { kind: 'Dog', bark: 1 },
      { name: 'a' },
    ],
  },
  'heirs by allOf that a mapping names, of an abstract base': {
    openapi: '3.0.3',
    schemas: { Probe: { ...pet, ...by('kind', { cat: '#/components/schemas/Cat', hound: 'Dog' }) }, ...heirs },
    fits: [aCat, { ...aDog, kind: 'hound' }],
    refused: [named.cat, { kind: 'cat', lives: 'a' }, { kind: 'hound' }, { kind: 'Probe' }, { kind: 'dog', bark: 'a' }],
  },
  'heirs by allOf of which a mapping names some': {
    schemas: { Probe: { ...pet, ...by('kind', { cat: 'Cat' }) }, ...heirs },
    fits: [aCat, named.dog],
    refused: [aDog, { kind: 'Dog' }, named.cat],
  },
  'heirs by allOf with values of their own': {
    schemas: {
      Probe: { ...object({ kind: { enum: ['cat', 'dog', 'other'] } }, 'kind'), ...by('kind') },
      Cat: extending('Probe', { kind: { enum: ['cat'] }, lives: { type: 'integer' } }, 'lives'),
      Dog: extending('Probe', { kind: { const: 'dog' }, bark: text }, 'bark'),
    },
    fits: [aCat, aDog, { kind: 'other' }],
    refused: [named.cat, { kind: 'cat' }, { kind: 'dog', bark: 1 }],
  },
  'heirs of heirs': {
    schemas: {
      Probe: { ...pet, ...by('kind') },
      ...heirs,
      Persian: extending('Cat', { fur: text }, 'fur'),
    },
    fits: [named.cat, { kind: 'Persian', lives: 9, fur: 'a' }],
    refused: [
      { kind: 'Persian', lives: 9 },
      { kind: 'Persian', fur: 'a' },
      { kind: 'Persian', fur: 1, lives: 1 },
    ],
  },
  'an heir that has heirs': {
    schemas: {
      Pet: { ...pet, ...by('kind') },
      Probe: extending('Pet', { lives: { type: 'integer' } }, 'lives'),
      Persian: extending('Probe', { fur: text }, 'fur'),
      Dog: extending('Pet', { bark: text }, 'bark'),
    },
    fits: [
      { kind: 'Probe', lives: 1 },
      { kind: 'Persian', lives: 9, fur: 'a' },
    ],
    refused: [{ kind: 'Persian', lives: 9 }, { kind: 'Probe' }, { kind: 'zebra', lives: 1 }],
  },
  'heirs whose discriminator stands in a part of the base': {
    schemas: {
      Thing: object({ id: text }, 'id'),
      Probe: { allOf: [to('Thing'), { ...pet, ...by('kind') }] },
      ...heirs,
    },
    fits: [{ ...named.cat, id: 'a' }],
    refused: [named.cat, { kind: 'Cat', id: 'a' }, { kind: 'zebra', id: 'a' }],
  },
  'heirs by allOf that may be null': {
    openapi: '3.0.3',
    schemas: {
      Probe: { ...pet, nullable: true, ...by('kind', { cat: 'Cat' }) },
      Cat: { nullable: true, ...extending('Probe', { lives: { type: 'integer' } }, 'lives') },
    },
    fits: [null, aCat],
    refused: [{ kind: 'cat' }, { kind: 'Cat', lives: 1 }],
  },
  'a mapping of heirs that only the alternatives have': {
    schemas: {
      Pet: { ...pet, ...by('kind') },
      Cat: extending('Pet', { lives: { type: 'integer' } }, 'lives'),
      Dog: extending('Pet', { bark: text }, 'bark'),
      Probe: { oneOf: [to('Cat'), to('Dog')], ...by('kind', { cat: 'Cat', dog: 'Dog' }) },
    },
    fits: [aCat, aDog],
    refused: [named.cat, { kind: 'cat', bark: 'a' }],
  },
  'a mapping of heirs that only the base has': {
    schemas: {
      Pet: { ...pet, ...by('kind', { cat: 'Cat', dog: 'Dog' }) },
      Cat: extending('Pet', { lives: { type: 'integer' } }, 'lives'),
      Dog: extending('Pet', { bark: text }, 'bark'),
      Probe: { oneOf: [to('Cat'), to('Dog')], ...by('kind') },
    },
    fits: [aCat, aDog],
    refused: [named.cat, { kind: 'cat', bark: 'a' }],
  },
  'a base among alternatives': {
    schemas: {
      Pet: { ...pet, ...by('kind') },
      Cat: extending('Pet', { lives: { type: 'integer' } }, 'lives'),
      Stone: object({ kind: text, weight: { type: 'number' } }, 'kind', 'weight'),
      Probe: { oneOf: [to('Pet'), to('Stone')], ...by('kind') },
    },
    fits: [named.cat, { kind: 'Stone', weight: 1 }, { kind: 'Pet' }],
    refused: [{ kind: 'Cat' }, { kind: 'Stone' }, strange],
  },
  'a list of a base': {
    schemas: {
      Pet: { ...pet, ...by('kind') },
      Cat: extending('Pet', { lives: { type: 'integer' } }, 'lives'),
      Probe: object({ pets: { type: 'array', items: to('Pet') } }, 'pets'),
    },
    fits: [{ pets: [] }, { pets: [named.cat, { kind: 'Pet' }] }],
    refused: [{ pets: [{ kind: 'Cat' }] }, { pets: [named.cat, { kind: 'zebra' }] }],
  },
  'an optional member': {
    schemas: {
      Probe: { ...object({ kind: text, name: text }), ...by('kind', { cat: 'Cat' }) },
      Cat: extending('Probe', { lives: { type: 'integer' } }, 'lives'),
    },
    fits: [{ name: 'a' }, aCat],
    refused: [{ kind: 'cat' }, { kind: 'dog' }, { name: 1 }],
  },
  'a mapping to a schema that is no heir': {
    schemas: { Probe: { ...pet, ...by('kind', { cat: 'Cat' }) }, Cat: cat },
    fits: [{ ...aCat, name: 'a' }],
    refused: [{ kind: 'cat' }, { kind: 'cat', lives: 'a' }, { kind: 'Probe' }],
  },
  'a schema that extends a base without being an heir': {
    schemas: {
      Pet: { ...object({ kind: { enum: ['Cat', 'Dog'] } }, 'kind'), ...by('kind') },
      Cat: extending('Pet', { lives: { type: 'integer' } }, 'lives'),
      Dog: extending('Pet', { bark: text }, 'bark'),
      Probe: extending('Pet', { owner: text }, 'owner'),
    },
    fits: [{ ...named.cat, owner: 'a' }],
    refused: [{ kind: 'Cat', owner: 'a' }, named.cat, { ...named.dog, kind: 'Cat', owner: 'a' }],
  },
  'a base by name of an heir': {
    schemas: {
      Pet: { ...pet, ...by('kind') },
      Cat: extending('Pet', { lives: { type: 'integer' } }),
      Probe: to('Pet'),
    },
    fits: [named.cat, { kind: 'Pet' }],
    refused: [{ kind: 'Cat', lives: 'a' }, { kind: 'zebra' }],
  },
  'a member that only answers have': {
    schemas: {
      Probe: { ...object({ kind: { ...text, readOnly: true }, name: text }), ...by('kind') },
      Cat: extending('Probe', { lives: { type: 'integer' } }),
    },
    fits: [{ name: 'a' }],
    refused: [{ name: 1 }],
  },
  'alternatives beside inline ones': {
    schemas: {
      Cat: cat,
      Probe: {
        oneOf: [to('Cat'), object({ kind: { const: 'stone' }, weight: { type: 'number' } }, 'kind', 'weight')],
        ...by('kind'),
      },
    },
    fits: [named.cat, { kind: 'stone', weight: 1 }],
    refused: [{ kind: 'Cat', weight: 1 }, strange],
  },
  'alternatives by references to references': {
    openapi: '3.0.3',
    schemas: {
      Cat: cat,
      Dog: dog,
      Feline: to('Cat'),
      Probe: { oneOf: [to('Feline'), to('Dog')], ...by('kind', { cat: 'Cat', dog: 'Dog' }) },
    },
    fits: [aCat, aDog],
    refused: [named.cat, { kind: 'cat', bark: 'a' }],
  },
  'an heir of two bases': {
    schemas: {
      Probe: { ...pet, ...by('kind') },
      Priced: { ...object({ kind: text, price: { type: 'number' } }, 'price'), ...by('kind') },
      Cat: { allOf: [to('Probe'), to('Priced'), object({ lives: { type: 'integer' } }, 'lives')] },
    },
    fits: [{ ...named.cat, price: 1 }],
    refused: [named.cat, { kind: 'Cat', price: 1 }],
  },
}

const paths = `
/probe:
    post:
      operationId: give
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Probe' } } } }
      responses: { '200': { description: Fine, content: { application/json: { schema: {} } } } }
    get:
      operationId: take
      parameters: [{ name: value, in: query, required: true, schema: { type: string } }]
      responses: { '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Probe' } } } } }`

const start = ({ schemas, openapi = '3.1.0' }: Family): Promise<PlannedGateway> =>
  startPlannedGateway({
    schemas,
    openapi,
    paths: [paths.trim()],
    expose: ["'orders.*': { access: { authenticated: true }, answers: enforce }"],
    answer: ({ url }, res) => {
      res.writeHead(200, { 'content-type': 'application/json' })
      res.end(new URL(url, 'http://any').searchParams.get('value') ?? '{}')
    },
  })

describe.each(Object.entries(families))('%s', (_, family) => {
  let gateway: PlannedGateway
  beforeAll(async () => {
    gateway = await start(family)
  })
  afterAll(() => gateway.close())

  const status = async (head: string, body = ''): Promise<string> => {
    const connection = await openRaw(gateway.port)
    connection.write(`${head} HTTP/1.1\r\nHost: a\r\n${credential}\r\nContent-Type: application/json\r\n`)
    connection.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    const answer = await connection.response()
    connection.destroy()
    return head.startsWith('GET') && answer.status === 200 ? answer.body : String(answer.status)
  }
  const sent = (value: JsonValue) => status('POST /probe', JSON.stringify(value))
  const answered = (value: JsonValue) => status(`GET /probe?value=${encodeURIComponent(JSON.stringify(value))}`)

  test('holds for requests', async () => {
    const all = [...family.fits, ...family.refused, ...(family.unseen ?? [])]
    const found = await Promise.all(all.map(async (value) => [value, await sent(value)]))
    expect(found).toEqual(all.map((value, at) => [value, at < family.fits.length ? '200' : '400']))
  })

  test('holds for answers, of which nothing declared is dropped', async () => {
    const all = [...family.fits, ...family.refused, ...(family.unseen ?? [])]
    const found = await Promise.all(all.map(async (value) => [value, await answered(value)]))
    expect(found).toEqual(all.map((value, at) => [value, at < family.fits.length ? JSON.stringify(value) : '502']))
  })
})

test('types take what gateways take, and refuse what they refuse', async () => {
  const texts = await Promise.all(
    Object.values(families).map(async (family, at) => {
      const gateway = await start(family)
      await gateway.close()
      const sample = (value: JsonValue, index: number) =>
        `export const value${index}: components["schemas"]["orders.Probe"] = ${JSON.stringify(value)}`
      const refused = family.refused.map((value, index) => `// @ts-expect-error\n${sample(value, index)}`)
      const fits = family.fits.map((value, index) => sample(value, index + family.refused.length))
      return `namespace Family${at} {\n${[declarations(gateway.contract), ...refused, ...fits].join('\n')}\n}`
    }),
  )
  const whole = texts.join('\n')
  expect(complaintsOf(whole)).toEqual([])
})
