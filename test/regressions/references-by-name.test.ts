import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { run } from '../../generator/index.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// References by `$id` and anchors were found in the file of the reference only, and by identifiers that were not relative to an outer
// one: operations of documents that are split by JSON Schema's rules were refused, with a reason that named files and URLs.

const manifest = {
  gatewright: 1,
  name: 'shop',
  services: { shop: { spec: 'spec.json', url: 'http://127.0.0.1:4102' } },
  authenticators: { bearer: { type: 'jwt', issuer: 'https://id.example', audience: 'shop' } },
  clients: { web: { authenticate: ['bearer'], expose: { 'shop.getX': { access: { authenticated: true } } } } },
}
const answering = (schema: object, more: object = {}, openapi = '3.1.0'): object => ({
  openapi,
  info: { title: 'Shop', version: '1' },
  paths: {
    '/x': {
      get: {
        operationId: 'getX',
        responses: { 200: { description: '', content: { 'application/json': { schema } } } },
      },
    },
  },
  ...more,
})
const number = { type: 'integer', maximum: 77_531 }
const having = (schema: object) => ({ type: 'object', properties: { n: schema } })
const components = (schemas: object) => ({ components: { schemas } })

/** `found`: the schemas of the gateway have the number that the reference leads to; else what is reported. */
async function outcome(files: Readonly<Record<string, object>>): Promise<string> {
  const texts = Object.entries({ 'gateway.yaml': manifest, ...files }).map(([name, of]) => [name, JSON.stringify(of)])
  const folder = manifestFolder(Object.fromEntries(texts))
  try {
    const result = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'plan',
      skipUnsupported: false,
    })
    const [problem] = result.diagnostics.all
    if (problem !== undefined) return `${problem.code} ${problem.message}`
    const schemas = result.plan?.value.clients.map((client) => client.services.map((service) => service.schemas))
    return JSON.stringify(schemas).includes(String(number.maximum)) ? 'found' : 'lost'
  } finally {
    folder.remove()
  }
}

describe('a reference by name is found', () => {
  test.each<[string, Readonly<Record<string, object>>]>([
    [
      'an $id relative to the document',
      { 'spec.json': answering({ $ref: './n.json' }, components({ N: { $id: 'n.json', ...number } })) },
    ],
    [
      'an $id relative to an outer one',
      {
        'spec.json': answering(
          { $ref: 'https://x.example/s/o' },
          components({
            O: { $id: 'https://x.example/s/o', ...having({ $ref: 'n' }), $defs: { N: { $id: 'n', ...number } } },
          }),
        ),
      },
    ],
    [
      'a pointer below an $id relative to an outer one',
      {
        'spec.json': answering(
          { $ref: 'https://x.example/s/o' },
          components({
            O: {
              $id: 'https://x.example/s/o',
              ...having({ $ref: '/t/n#/$defs/N' }),
              $defs: { T: { $id: '/t/n', $defs: { N: number } } },
            },
          }),
        ),
      },
    ],
    [
      'a $dynamicAnchor of an $id',
      {
        'spec.json': answering(
          { $ref: 'o.json#n' },
          components({ O: { $id: 'o.json', $defs: { N: { $dynamicAnchor: 'n', ...number } } } }),
        ),
      },
    ],
    [
      'an $anchor in another file',
      { 'spec.json': answering({ $ref: 's.json#n' }), 's.json': { $defs: { N: { $anchor: 'n', ...number } } } },
    ],
    [
      'an $anchor in a file whose schema has an $id',
      {
        'spec.json': answering({ $ref: 's.json#n' }),
        's.json': { $id: 'https://x.example/s', $defs: { N: { $anchor: 'n', ...number } } },
      },
    ],
    [
      'a $dynamicAnchor in another file',
      { 'spec.json': answering({ $ref: 's.json#n' }), 's.json': { $defs: { N: { $dynamicAnchor: 'n', ...number } } } },
    ],
    [
      'anchors from file to file, in folders',
      {
        'spec.json': answering({ $ref: 'd/s.json#o' }),
        'd/s.json': { $defs: { O: { $anchor: 'o', ...having({ $ref: '../e f/t.json#n' }) } } },
        'e f/t.json': { $defs: { N: { $anchor: 'n', ...number } } },
      },
    ],
    [
      'an $anchor of the document from another file',
      {
        'spec.json': answering({ $ref: 's.json' }, components({ N: { $anchor: 'n', ...number } })),
        's.json': having({ $ref: 'spec.json#n' }),
      },
    ],
    [
      'an $id within another file',
      {
        'spec.json': answering({ $ref: 's.json' }),
        's.json': {
          $id: 'https://x.example/a/s.json',
          ...having({ $ref: 'n.json' }),
          $defs: { N: { $id: 'n.json', ...number } },
        },
      },
    ],
    [
      'a pointer that counts from an $id within another file',
      {
        'spec.json': answering({ $ref: 's.json#/$defs/O' }),
        's.json': { $defs: { O: { $id: 'o.json', ...having({ $ref: '#/$defs/N' }), $defs: { N: number } } } },
      },
    ],
    [
      'an $id of the document from another file',
      {
        'spec.json': answering({ $ref: 's.json' }, components({ N: { $id: 'https://x.example/n', ...number } })),
        's.json': having({ $ref: 'https://x.example/n' }),
      },
    ],
    [
      'an $anchor of the $id of another file',
      {
        'spec.json': answering({ anyOf: [{ $ref: 'https://x.example/s#n' }, { $ref: 's.json' }] }),
        's.json': { $id: 'https://x.example/s', type: 'string', $defs: { N: { $anchor: 'n', ...number } } },
      },
    ],
    [
      'anchors of files that lead to each other',
      {
        'spec.json': answering({ $ref: 's.json#o' }),
        's.json': { $defs: { O: { $anchor: 'o', ...having({ $ref: 't.json#p' }) }, N: { $anchor: 'n', ...number } } },
        't.json': { $defs: { P: { $anchor: 'p', ...having({ $ref: 's.json#n' }) } } },
      },
    ],
  ])('%s', async (_, files) => {
    expect(await outcome(files)).toBe('found')
  })
})

describe('a reference by name that leads nowhere says why', () => {
  test.each<[string, Readonly<Record<string, object>>]>([
    ['no schema of spec.json has the `$anchor` `n`', { 'spec.json': answering({ $ref: '#n' }) }],
    [
      'no schema of that file has the `$anchor` `n`',
      { 'spec.json': answering({ $ref: 's.json#n' }), 's.json': { $defs: { N: number } } },
    ],
    [
      'no schema of s.json has the `$anchor` `n`',
      { 'spec.json': answering({ $ref: 's.json' }), 's.json': having({ $ref: '#n' }) },
    ],
    [
      'neither a schema with the `$id` https://x.example/s/n nor a file that can be read',
      {
        'spec.json': answering(
          { $ref: '#/components/schemas/O' },
          components({ O: { $id: 'https://x.example/s/o', ...having({ $ref: 'n' }) } }),
        ),
      },
    ],
    [
      'OpenAPI 3.0 has no anchors',
      {
        'spec.json': answering({ $ref: 's.json#n' }, {}, '3.0.3'),
        's.json': { $defs: { N: { $anchor: 'n', ...number } } },
      },
    ],
  ])('%s', async (reason, files) => {
    expect(await outcome(files)).toMatch(/^GW1204 /)
    expect(await outcome(files)).toContain(reason)
  })

  test('and leads to no file outside the folders that may be read (rule G2)', async () => {
    const files = { 'spec.json': answering({ $ref: '../../../../etc/s.json#n' }) }
    expect(await outcome(files)).toMatch(/^GW1202 /)
  })
})
