import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { bundle, createConfig } from '@redocly/openapi-core'
import { manifestFolder, manifestOf, outcomeOf } from '../../support/manifestFolder.ts'

const files = {
  'spec.yaml': `openapi: 3.1.0
info: { $ref: info.yaml }
paths:
  /orders: { $ref: paths/orders.yaml }
  /order:
    summary: One order
    $ref: paths/orders.yaml#/one
  /items: { $ref: 'paths/items.yaml#/~1items' }
components:
  schemas:
    Order: { $ref: schemas/Order.yaml }
    Item: { type: string, description: Another item }
`,
  'info.yaml': "title: Orders\nversion: '1'\n",
  'paths/orders.yaml': `get:
  operationId: listOrders
  parameters:
    - $ref: ../parameters.yaml#/Limit
  responses: { $ref: ../responses.yaml }
one:
  post:
    operationId: postOrder
    requestBody: { $ref: ../bodies/order.yaml }
    responses:
      '200':
        description: Fine
        headers: { X-A: { $ref: ../headers.yaml#/A } }
        content:
          application/json:
            schema: { $ref: ../spec.yaml#/components/schemas/Order }
            examples: { one: { $ref: ../examples/one.yaml } }
`,
  'paths/items.yaml': `/items:
  get:
    operationId: listItems
    responses:
      default: { $ref: ../responses.yaml#/default }
`,
  'parameters.yaml': 'Limit: { name: limit, in: query, schema: { $ref: schemas/Count.yaml } }\n',
  'responses.yaml': `default:
  description: Fine
  content:
    application/json:
      schema:
        oneOf: [{ $ref: schemas/Order.yaml }, { $ref: schemas/Item.yaml }]
        discriminator: { propertyName: kind, mapping: { order: schemas/Order.yaml, item: ./schemas/Item.yaml } }
`,
  'bodies/order.yaml': 'content: { application/json: { schema: { $ref: ../schemas/Order.yaml } } }\n',
  'headers.yaml': 'A: { schema: { type: string } }\n',
  'examples/one.yaml': 'value: { kind: order }\n',
  'schemas/Order.yaml': `type: object
properties:
  kind: { type: string }
  items: { type: array, items: { $ref: Item.yaml } }
  parent: { $ref: Order.yaml }
  count: { $ref: Count.yaml }
  alias: { $ref: Alias.yaml }
  inner: { $ref: '#/$defs/Inner' }
$defs:
  Inner: { type: boolean }
`,
  'schemas/Item.yaml': 'type: object\nproperties:\n  kind: { type: string }\n  order: { $ref: Order.yaml }\n',
  'schemas/Count.yaml': 'type: integer\n',
  'schemas/Alias.yaml': '$ref: Count.yaml\n',
}

/** With members in one order, and names in references decoded. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, member: unknown) => {
      if (name === '$ref' && typeof member === 'string') return decodeURIComponent(member)
      if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
      return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
    }),
  )
}

test('the files of a document are joined as Redocly joins them', async () => {
  const folder = manifestFolder({ 'gateway.yaml': manifestOf(), ...files })
  try {
    const { inputs, problems } = await outcomeOf(folder.path)
    expect(problems).toEqual([])
    const wanted = await bundle({ ref: join(folder.path, 'spec.yaml'), config: await createConfig({}) })
    const { components: ofRedocly, ...document } = wanted.bundle.parsed as { readonly components: object }
    const { components, ...own } = inputs?.specs[0]?.document ?? {}
    expect(plain(own)).toEqual(plain(document))
    expect(plain(components)).toEqual(plain(ofRedocly))
  } finally {
    folder.remove()
  }
})

test('no reference leads out of the joined document, and each node knows its file', async () => {
  const folder = manifestFolder({ 'gateway.yaml': manifestOf(), ...files })
  try {
    const { inputs } = await outcomeOf(folder.path)
    const spec = inputs?.specs[0]
    expect(JSON.stringify(spec?.document)).not.toMatch(/"\$ref":"[^#]/)
    const components = spec?.document['components'] as { readonly schemas: Readonly<Record<string, object>> }
    expect(spec?.originOf(components.schemas['Count'] ?? {})?.file).toBe('schemas/Count.yaml')
    expect(spec?.originOf(components.schemas['Item'] ?? {})?.file).toBe('spec.yaml')
  } finally {
    folder.remove()
  }
})

test('what stands beside a reference stays, where its target has the name of the component', async () => {
  const folder = manifestFolder({
    'gateway.yaml': manifestOf(),
    'spec.yaml': `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths: {}
components: { schemas: { Name: { $ref: Name.yaml, maxLength: 3 } } }
`,
    'Name.yaml': 'type: string\n',
  })
  try {
    const { inputs } = await outcomeOf(folder.path)
    const { schemas } = (inputs?.specs[0]?.document['components'] ?? {}) as { readonly schemas?: object }
    expect(schemas).toEqual({
      Name: { $ref: '#/components/schemas/Name-2', maxLength: 3 },
      'Name-2': { type: 'string' },
    })
  } finally {
    folder.remove()
  }
})
