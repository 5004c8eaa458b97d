import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { run } from '../../generator/index.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// Documents in which a `}` or `]` stands at the indentation of its parent were refused as YAML (GW1102), although other readers take them.

const manifest = `
gatewright: 1
name: shop
services: { shop: { spec: spec.yaml, url: 'http://127.0.0.1:4102' } }
authenticators: { bearer: { type: jwt, issuer: https://id.example, audience: shop } }
clients: {
  web: {
    authenticate: [
      bearer
    ],
    expose: { shop.getX: { access: { authenticated: true } } }
  }
}
`

/** The codes and places of what is reported, and whether there is a plan. */
async function outcomeOf(spec: string, files: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const folder = manifestFolder({ 'gateway.yaml': manifest, 'spec.yaml': spec, ...files })
  try {
    const { diagnostics, plan } = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'plan',
      skipUnsupported: false,
    })
    const found = diagnostics.all.map(({ code, origin }) => {
      const place = origin === null ? null : diagnostics.locator.locate(origin)
      return `${code} ${place?.file}:${place?.line}:${place?.column}`
    })
    return [
      ...found.filter((one) => !one.startsWith('GW3341')),
      plan === null || diagnostics.hasErrors ? 'refused' : 'planned',
    ]
  } finally {
    folder.remove()
  }
}

// `type: object` admits any members, which GW3341 reports.
const document = (responses: string, schema = '{ type: object }'): string => `openapi: 3.1.0
info: {
  title: Shop, version: '1'
}
paths:
  /x:
    get:
      operationId: getX
      parameters:
      - {
        name: a, in: query, schema: { type: string, enum: [
          b, c # ]
      ] }
      }
      responses: ${responses}
components:
  schemas:
    Order: ${schema}
`
const fine = `{
        '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      }`

describe('a document with brackets at the indentation of their parents', () => {
  test('is taken, in a manifest with such brackets', async () => {
    expect(await outcomeOf(document(fine))).toEqual(['planned'])
  })

  test.each([
    [
      'in a list of maps',
      '{ type: object, properties: {\n      a: { type: string }\n    }, required: [\n      a\n    ] }',
    ],
    ['with a bracket left of its parent', '{\n      type: object\n}'],
    ['with CRLF and comments', '{\r\n      type: object # {\r\n      # }\r\n    } # end'],
  ])('%s', async (_what, schema) => {
    expect(await outcomeOf(document(fine, schema))).toEqual(['planned'])
  })

  test('in another file', async () => {
    const order = 'type: object\nproperties: {\n  a: { type: string }\n}\n'
    expect(await outcomeOf(document(fine, '{ $ref: order.yaml }'), { 'order.yaml': order })).toEqual(['planned'])
  })

  test('has right places behind the brackets, and in their lines', async () => {
    const schema = '{\n      properties: {\n        a: { type: text }\n      }, required: all\n    }'
    expect(await outcomeOf(document(fine, schema))).toEqual([
      'GW3252 spec.yaml:22:20',
      'GW3251 spec.yaml:23:20',
      'refused',
    ])
  })

  test.each([
    ['an item that is indented too little', '{\n      type: object,\n    title: A\n    }', 'GW1102 spec.yaml:22:5'],
    ['a bracket too many', '{\n      type: object\n    }\n    }', 'GW1102 spec.yaml:23:5'],
    ['the bracket that the other one does not close', '{\n      type: object\n    ]', 'GW1102 spec.yaml:20:12'],
    ['a bracket that is not closed', '{\n      type: object\n', 'GW1102 spec.yaml:20:12'],
  ])('is refused at the place of %s', async (_what, schema, want) => {
    expect(await outcomeOf(document(fine, schema))).toEqual([want, 'refused'])
  })
})
