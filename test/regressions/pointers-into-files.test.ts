import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { run } from '../../generator/index.ts'
import { escapeSegment } from '../../templates/runtime/words/pointers.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// A reference into another file whose last segment has `~1` or `~0` became a reference to a component that does not exist: it was refused
// (GW1204) with a pointer that the document does not have. Names with `%` or `#/` were cut or decoded twice.

const manifest = {
  gatewright: 1,
  name: 'shop',
  services: { shop: { spec: 'spec.yaml', url: 'http://127.0.0.1:4102' } },
  authenticators: { bearer: { type: 'jwt', issuer: 'https://id.example', audience: 'shop' } },
  clients: { web: { authenticate: ['bearer'], expose: { 'shop.*': { access: { authenticated: true } } } } },
}
const answering = (schema: object): object => ({
  get: { operationId: 'getX', responses: { 200: { description: '', content: { 'application/json': { schema } } } } },
})
const documentOf = (schema: object, more: object = {}, openapi = '3.1.0'): object => ({
  openapi,
  info: { title: 'Shop', version: '1' },
  paths: { '/x': answering(schema) },
  ...more,
})
const number = { type: 'integer', maximum: 77_531 }

/** `found`: the gateway has the schema that the reference leads to; else what is reported. */
async function outcome(files: Readonly<Record<string, object | string>>): Promise<string> {
  const texts = Object.entries({ 'gateway.yaml': manifest, ...files }).map(([name, of]) => [
    name,
    typeof of === 'string' ? of : JSON.stringify(of),
  ])
  const folder = manifestFolder(Object.fromEntries(texts))
  try {
    const { diagnostics, plan } = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'plan',
      skipUnsupported: false,
    })
    const [problem] = diagnostics.all
    if (problem !== undefined) return `${problem.code} ${problem.message}`
    const [client] = plan?.value.clients ?? []
    const both = [client?.contract, client?.services].every((part) => JSON.stringify(part).includes('77531'))
    return both ? 'found' : 'lost'
  } finally {
    folder.remove()
  }
}

const names = [
  'a/b',
  'a~b',
  '~1',
  'a~1b',
  '/orders/{id}',
  'a b',
  'a%20b',
  '%7E1',
  'a#/b',
  'ü',
  '~',
  '/',
  'constructor',
  '__',
]
const spellings: readonly (readonly [string, (name: string) => string])[] = [
  ['encoded', (name) => encodeURIComponent(escapeSegment(name))],
  ['with encoded tildes', (name) => encodeURIComponent(escapeSegment(name)).replaceAll('~', '%7E')],
]

describe.each(spellings)('a pointer that is %s', (_what, spelling) => {
  test.each(names)('ends at %s', async (name) => {
    const pointer = `#/components/schemas/${spelling(name)}`
    const components = { components: { schemas: { [name]: number } } }
    const schema = { $ref: `parts.yaml${pointer}` }
    expect(await outcome({ 'spec.yaml': documentOf(schema), 'parts.yaml': components })).toBe('found')
    const ofJson = { $ref: `parts.json${pointer}` }
    expect(await outcome({ 'spec.yaml': documentOf(ofJson, {}, '3.0.3'), 'parts.json': components })).toBe('found')
    expect(await outcome({ 'spec.yaml': documentOf({ $ref: pointer }, components) })).toBe('found')
  })

  test.each(names)('passes %s', async (name) => {
    const $ref = `parts.yaml#/x/${spelling(name)}/properties/${spelling(name)}`
    const parts = { x: { [name]: { properties: { [name]: number } } } }
    expect(await outcome({ 'spec.yaml': documentOf({ $ref }), 'parts.yaml': parts })).toBe('found')
  })
})

describe('a pointer is found', () => {
  test.each<[string, Readonly<Record<string, object | string>>]>([
    [
      'to a path item',
      {
        'spec.yaml': { ...documentOf({}), paths: { '/x': { $ref: 'paths.yaml#/paths/~1orders~1%7Bid%7D' } } },
        'paths.yaml': { paths: { '/orders/{id}': answering({ $ref: '#/~01' }) }, '~1': number },
      },
    ],
    [
      'to a response by its path',
      {
        'spec.yaml': documentOf({ $ref: 'all.yaml#/paths/~1x/get/responses/200/content/application~1json' }),
        'all.yaml': { paths: { '/x': { get: { responses: { 200: { content: { 'application/json': number } } } } } } },
      },
    ],
    [
      'in a mapping',
      {
        'spec.yaml': documentOf({
          oneOf: [{ $ref: 'p.yaml#/a~1b' }],
          discriminator: { propertyName: 'k', mapping: { one: 'p.yaml#/a~1b' } },
        }),
        'p.yaml': { 'a/b': { type: 'object', properties: { k: { type: 'string' }, n: number } } },
      },
    ],
    [
      'from a file into the document',
      {
        'spec.yaml': documentOf({ $ref: 'p.yaml' }, { components: { schemas: { 'a~1b': number } } }),
        'p.yaml': { type: 'array', items: { $ref: 'spec.yaml#/components/schemas/a~01b' } },
      },
    ],
    [
      'beside a component of the same name',
      {
        'spec.yaml': documentOf({ $ref: 'p.yaml#/a~1b' }, { components: { schemas: { 'a/b': { type: 'string' } } } }),
        'p.yaml': { 'a/b': number },
      },
    ],
    [
      'by a number of a list',
      { 'spec.yaml': documentOf({ $ref: 'p.yaml#/list/0' }), 'p.yaml': { list: [{ $ref: '#/a~0b' }], 'a~b': number } },
    ],
    [
      'written in YAML with a key that reads as a number',
      {
        'spec.yaml': documentOf({ $ref: 'p.yaml#/x/1.0' }),
        'p.yaml': 'x: { 1.0: { type: integer, maximum: 77531 } }\n',
      },
    ],
  ])('%s', async (_what, files) => {
    expect(await outcome(files)).toBe('found')
  })

  test.each(['p.yaml#/a~1c', 'p.yaml#/a/b', 'p.yaml#/a~0b', 'p.yaml#/toString', 'p.yaml#/list/length', 'p.yaml#/~1'])(
    'not if there is none, which is said as it is written: %s',
    async ($ref) => {
      const files = { 'spec.yaml': documentOf({ $ref }), 'p.yaml': { 'a/b': number, list: [] } }
      expect(await outcome(files)).toBe(`GW1204 \`$ref: ${$ref}\` points to nothing.`)
    },
  )
})
