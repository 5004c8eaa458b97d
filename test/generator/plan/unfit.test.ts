import { describe, expect, test } from '@jest/globals'
import { manifest, planned } from '../../support/planned.ts'

// `--skip-unsupported` leaves out the operations that lead to a schema with an error, directly or not.

const answering = (schema: string): string =>
  `get: { responses: { 200: { description: Fine, content: { application/json: { schema: ${schema} } } } } }`

const spec = `
openapi: 3.1.0
info: { title: Orders, version: '1' }
security: [{ oauth: ['orders:read'] }]
components:
  securitySchemes:
    oauth: { type: oauth2, flows: {} }
    staff: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Api-Key }
  schemas:
    Sound: { type: object, properties: { next: { $ref: '#/components/schemas/Sound' } } }
    Wrong: { type: object, properties: { at: { type: date }, within: { $ref: '#/components/schemas/Member' } } }
    Member: { type: object, properties: { of: { $ref: '#/components/schemas/Wrong' } } }
    List: { type: array, items: { $ref: '#/components/schemas/Member' } }
    Kind:
      type: object
      required: [kind]
      properties: { kind: { type: string } }
      discriminator: { propertyName: kind, mapping: { wrong: '#/components/schemas/Wrong' } }
      oneOf: [{ $ref: '#/components/schemas/Sound' }, { $ref: '#/components/schemas/Wrong' }]
paths:
  /direct: { ${answering("{ $ref: '#/components/schemas/Wrong' }")} }
  /behind: { ${answering("{ $ref: '#/components/schemas/List' }")} }
  /mapped: { ${answering("{ $ref: '#/components/schemas/Kind' }")} }
  /sound: { ${answering("{ $ref: '#/components/schemas/Sound' }")} }
  /pattern:
    post:
      requestBody: { content: { application/json: { schema: { type: string, pattern: '(' } } } }
      responses: { 204: { description: Fine } }
`
const everything = manifest(['orders.*:'])

describe('an error in a schema', () => {
  test('without --skip-unsupported is an error of the document, reported once', () => {
    const { plan, diagnostics } = planned(everything, { orders: spec })
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    expect([plan, errors.map(({ code, origin }) => `${code} ${origin?.pointer}`).sort()]).toEqual([
      null,
      [
        'GW3252 /components/schemas/Wrong/properties/at/type',
        'GW3253 /paths/~1pattern/post/requestBody/content/application~1json/schema/pattern',
      ],
    ])
  })

  test('leaves out the operations that lead to it, and no others', () => {
    const { client, diagnostics } = planned(everything, { orders: spec }, true)
    expect(client.routes.map(({ route }) => route.path)).toEqual(['/sound'])
    expect(client.skipped.map(({ reference, code }) => [reference, code])).toEqual([
      ['orders GET /behind', 'GW3252'],
      ['orders GET /direct', 'GW3252'],
      ['orders GET /mapped', 'GW3252'],
      ['orders POST /pattern', 'GW3253'],
    ])
    const said = diagnostics.filter(({ code }) => code === 'GW3106')
    expect(said.map(({ origin, related }) => [origin?.file, related.length])).toEqual(Array(4).fill(['orders.yaml', 1]))
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(false)
  })

  test('leaves no part of its schema in the plan', () => {
    const { client } = planned(everything, { orders: spec }, true)
    expect(client.services.map(({ schemas }) => Object.keys(schemas.schemas))).toEqual([['Sound']])
    expect(client.access.map(({ path }) => path)).toEqual(['/sound'])
  })
})
