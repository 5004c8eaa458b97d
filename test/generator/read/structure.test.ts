import { describe, expect, test } from '@jest/globals'
import { checkStructure, read } from '../../../generator/read/index.ts'
import { catalogue, Diagnostics, type Report } from '../../../generator/support/index.ts'
import { manifestFolder } from '../../support/manifestFolder.ts'

const operation = { responses: { 200: { description: 'Fine' } } }
const documentOf = (openapi: string, more: object = {}): object => ({
  openapi,
  info: { title: 'Orders', version: '1' },
  paths: { '/orders': { get: operation } },
  ...more,
})

interface Given {
  readonly files?: Readonly<Record<string, string>>
  readonly service?: object
  /** Reported before. */
  readonly known?: readonly Report[]
}

/** `place message` of each finding, and the remedy unless it is that of the catalogue. */
async function findings(document: object | string, { files = {}, service = {}, known = [] }: Given = {}) {
  const spec = typeof document === 'string' ? document : JSON.stringify(document, null, 1)
  const services = { orders: { spec: 'orders.yaml', ...service }, again: { spec: 'orders.yaml', ...service } }
  const manifest = { gatewright: 1, name: 'shop', services, clients: { web: { expose: {} } } }
  const folder = manifestFolder({ 'gateway.yaml': JSON.stringify(manifest), 'orders.yaml': spec, ...files })
  try {
    const diagnostics = new Diagnostics()
    const inputs = await read(`${folder.path}/gateway.yaml`, {}, diagnostics)
    for (const one of known) diagnostics.report(one)
    const before = diagnostics.all.length
    await checkStructure(inputs?.value.specs ?? [], diagnostics)
    return diagnostics.all.slice(before).map(({ code, message, origin, remedy }) => {
      const place = origin === null ? null : diagnostics.locator.locate(origin)
      const words = message.replace(/^.*?: /, '')
      return `${code} ${place?.file}:${place?.line}:${place?.column} ${words}${remedy === catalogue.GW1113.remedy ? '' : ` ${remedy}`}`
    })
  } finally {
    folder.remove()
  }
}

describe('a document that does not meet its version of OpenAPI is reported', () => {
  test('at the place, in the words of the generator', async () => {
    const text = `openapi: 3.0.3
info: { title: Orders }
paths:
  /orders:
    get:
      sumary: Orders
      tags: orders
      parameters: { name: a }
      responses: { '200': { description: 1 } }
    post: text
components:
  securitySchemes: { key: { type: apiKey, name: a, in: body } }
  schemas: { Order: { minLength: -1, flavour: sweet } }
`
    expect(await findings(text)).toEqual([
      'GW1113 orders.yaml:2:1 `version` is missing.',
      'GW1113 orders.yaml:6:7 `sumary` is not a member of this object. Did you mean `summary`?',
      'GW1113 orders.yaml:7:13 a list is expected, not a text.',
      'GW1113 orders.yaml:8:19 a list is expected, not an object.',
      'GW1113 orders.yaml:9:42 a text is expected, not an integer.',
      'GW1113 orders.yaml:10:11 an object is expected, not a text.',
      'GW1113 orders.yaml:13:34 `minLength` must be at least 0.',
      'GW1113 orders.yaml:13:38 `flavour` is not a member of this object.',
      'GW1113 orders.yaml:12:56 `in` must be one of "query", "header", "cookie".',
    ])
  })

  test('in the file or overlay that it is written in', async () => {
    const files = {
      'order.yaml': 'type: object\nproperties:\n  id: { type: string, flavour: sweet }\n',
      'overlay.yaml': `overlay: 1.0.0
info: { title: More, version: '1' }
actions:
  - { target: "$.paths['/orders'].get", update: { externalDocs: { link: a } } }
`,
    }
    const answer = { description: 'Fine', content: { 'application/json': { schema: { $ref: 'order.yaml' } } } }
    const document = documentOf('3.0.3', { paths: { '/orders': { get: { responses: { 200: answer } } } } })
    expect(await findings(document, { files, service: { overlays: ['overlay.yaml'] } })).toEqual([
      'GW1113 overlay.yaml:4:51 `url` is missing.',
      'GW1113 overlay.yaml:4:67 `link` is not a member of this object.',
      'GW1113 order.yaml:3:23 `flavour` is not a member of this object.',
    ])
  })

  test('once, although another diagnostic says it', async () => {
    const document = documentOf('3.0.3', { components: { schemas: { A: { const: 1, flavour: 1 } } } })
    const known: readonly Report[] = [
      {
        code: 'GW3259',
        message: 'OpenAPI 3.0 has no keyword `const`.',
        origin: { file: 'orders.yaml', pointer: '/components/schemas/A' },
      },
    ]
    expect(await findings(document, { known })).toEqual([expect.stringContaining('`flavour`')])
  })

  test('without opening files or following references that were refused', async () => {
    const schemas = {
      A: { $ref: 'http://127.0.0.1:9/a.yaml' },
      B: { $ref: '/etc/hosts.yaml#/a' },
      C: { $ref: '#/info' },
    }
    const answer = {
      description: 'Fine',
      content: { 'text/plain': { examples: { a: { externalValue: '/etc/hosts' } } } },
    }
    const paths = { '/orders': { get: { responses: { 200: answer } } } }
    const found = await findings(documentOf('3.0.3', { paths, components: { schemas } }))
    // `info` is no schema.
    expect(found).toEqual([expect.stringContaining('`version` is not a member of this object')])
  })
})

describe('what a version allows is not reported', () => {
  test.each<[string, object]>([
    ['3.0.3', { components: { schemas: { A: { maximum: 1e15, nullable: true } } } }],
    [
      '3.1.0',
      { components: { schemas: { A: true, B: { not: false, allOf: [true], flavour: 1, $vocabulary: { a: true } } } } },
    ],
    [
      '3.1.0',
      { components: { responses: { A: { description: '', content: { 'text/event-stream': { itemSchema: {} } } } } } },
    ],
    ['3.2.0', { paths: { '/orders': { query: operation, additionalOperations: { COPY: operation } } } }],
    ['3.2.0', { paths: { '/orders': { get: { responses: { 200: { summary: 'Fine' } } } } } }],
    ['3.2.0', { components: { mediaTypes: { A: { schema: { type: 'string' } } } } }],
    [
      '3.2.0',
      {
        components: {
          securitySchemes: {
            a: {
              type: 'oauth2',
              flows: {
                deviceAuthorization: {
                  deviceAuthorizationUrl: '/d',
                  tokenUrl: '/t',
                  scopes: { 'orders:read': 'Read' },
                },
              },
            },
          },
          parameters: { A: { name: 'a', in: 'cookie', style: 'cookie', schema: {} } },
          requestBodies: {
            A: {
              content: {
                'multipart/mixed': {
                  itemSchema: {},
                  itemEncoding: { contentType: 'multipart/form-data', encoding: { a: { headers: {} } } },
                  prefixEncoding: [{ itemEncoding: {}, prefixEncoding: [{}] }],
                },
              },
            },
          },
        },
      },
    ],
  ])('%s %#', async (version, more) => {
    expect(await findings(documentOf(version, more))).toEqual([])
  })

  test('nor integers of any size', async () => {
    expect(
      await findings(`openapi: 3.0.3
info: { title: Orders, version: '1' }
paths: {}
components: { schemas: { A: { maximum: 92233720368547758079 } } }
`),
    ).toEqual([])
  })
})
