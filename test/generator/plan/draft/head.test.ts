import { describe, expect, test } from '@jest/globals'
import { manifest, planned, spec } from '../../../support/planned.ts'

const answers = 'responses: { 200: { description: Fine } }'

/** The limits of a client of one operation with these parameters, and the warnings about its ceilings. */
function headOf(parameters: string, client = '', path = '/orders') {
  const { client: plan, diagnostics } = planned(
    manifest(['orders.list: { access: { authenticated: true } }'], { client }),
    { orders: spec([`'${path}': { get: { operationId: list, parameters: [${parameters}], ${answers} } }`]) },
  )
  const warnings = diagnostics.filter(({ code }) => code === 'GW3335').map(({ message }) => message)
  return { head: plan.client.head, warnings }
}

const query = (schema: string, more = ''): string => `{ name: q, in: query, schema: ${schema}${more} }`
const floor = { target: 8_000, path: 8_000, queryPairs: 100, fields: 16_384, cookie: 8_192 }

describe('the limits of the head of a request (rules P6, P11)', () => {
  test('are the floor where the contract needs no more', () => {
    expect(headOf('')).toEqual({ head: floor, warnings: [] })
    expect(headOf(query('{ type: string }'))).toEqual({ head: floor, warnings: [] })
    expect(headOf(query('{ type: array, maxItems: 50, items: { type: string } }')).head).toEqual(floor)
  })

  test.each<readonly [string, string, number]>([
    ['a list', query('{ type: array, maxItems: 500, items: { type: integer } }'), 520],
    ['a nullable list', query('{ type: [array, "null"], maxItems: 500 }'), 520],
    ['a list or one value', query('{ oneOf: [{ type: integer }, { type: array, maxItems: 500 }] }'), 520],
    ['a list without items', query('{ type: array, maxItems: 500 }'), 520],
    ['the stricter of two limits', query('{ allOf: [{ type: array, maxItems: 500 }, { maxItems: 300 }] }'), 320],
    ['a list without maxItems', query('{ type: array }'), 1_000],
    ['a list that is one text', query('{ type: array, maxItems: 500 }', ', explode: false'), 100],
    [
      'an object with maxProperties',
      query('{ type: object, maxProperties: 200, additionalProperties: { type: integer } }'),
      220,
    ],
    [
      'lists in a deepObject',
      query(
        '{ type: object, properties: { a: { type: array, maxItems: 80 }, b: { type: array, maxItems: 80 } } }',
        ', style: deepObject, explode: true',
      ),
      180,
    ],
  ])('pairs: %s', (_, parameters, want) => {
    const service = 'url: http://orders.internal\n    nestedQuery: brackets'
    expect(
      planned(manifest(['orders.list: { access: { authenticated: true } }'], { service }), {
        orders: spec([`/orders: { get: { operationId: list, parameters: [${parameters}], ${answers} } }`]),
      }).client.client.head.queryPairs,
    ).toBe(want)
  })

  test.each<readonly [string, string, string, number]>([
    ['a text of any characters', query('{ type: string, maxLength: 1000 }'), '/orders', 12_010],
    ['a limit beside the type', query('{ allOf: [{ type: string }, { maxLength: 1000 }] }'), '/orders', 12_010],
    ['a format', query('{ type: array, maxItems: 300, items: { type: string, format: uuid } }'), '/orders', 11_707],
    [
      'a path',
      '{ name: id, in: path, required: true, schema: { type: string, maxLength: 700 } }',
      '/orders/{id}',
      8_408,
    ],
    [
      'a circle',
      query('{ anyOf: [{ $ref: "#/paths/~1orders/get/parameters/0/schema" }, { type: string, maxLength: 9 }] }'),
      '/orders',
      8_000,
    ],
  ])('bytes of the target: %s', (_, parameters, path, want) => {
    expect(headOf(parameters, '', path).head.target).toBe(want)
  })

  test('bytes of fields and cookies', () => {
    const { head } = headOf(
      '{ name: X-A, in: header, schema: { type: string, maxLength: 5000 } }, { name: c, in: cookie, schema: { type: string, maxLength: 6000 } }',
    )
    expect(head).toEqual({ ...floor, fields: 12_288 + 5_007 + 6_005, cookie: 4_096 + 6_005 })
  })

  test('count the base path that proxies leave', () => {
    const parameters = query('{ enum: [xx] }'.replace('xx', 'x'.repeat(9_000)))
    const { head } = headOf(parameters)
    expect(headOf(parameters, 'basePath: /api\n    stripBasePath: true').head.target).toBe(head.target + 4)
  })
})

describe('ceilings below the contract are reported once for a client (GW3335)', () => {
  test.each([
    [query('{ type: array, maxItems: 1001, items: { type: integer } }'), '', '1,001'],
    [query('{ type: array, maxItems: 300, items: { type: integer } }'), 'maxQueryPairs: 200', '300'],
    [query('{ type: string, maxLength: 40000 }'), '', '40,010'],
    [query('{ type: array, maxItems: 500, items: { type: string, format: uuid } }'), 'maxTarget: 8KiB', '19,507'],
    ['{ name: X-A, in: header, schema: { type: string, maxLength: 40000 } }', '', '40,007'],
  ])('%s with %j', (parameters, client, number) => {
    const { warnings } = headOf(parameters, client)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain(number)
  })

  test('for the longest members of an object with maxProperties, also where escapes make others longer', () => {
    const longest = `{ enum: [${'x'.repeat(40_000)}] }`
    const { warnings } = headOf(
      query(`{ type: object, maxProperties: 1, properties: { a: { type: string, maxLength: 4000 }, b: ${longest} } }`),
    )
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('40,010')
  })

  test('with one cause for all clients', () => {
    const list = query('{ type: array, maxItems: 1001, items: { type: integer } }')
    const text = manifest(['orders.list: { access: { authenticated: true } }'])
    const two = text.replace(/\n {2}web:\n(?: {4}.*\n?)+/, (web) => `${web}\n${web.slice(1).replace('web:', 'app:')}`)
    const { diagnostics } = planned(two, {
      orders: spec([`/orders: { get: { operationId: list, parameters: [${list}], ${answers} } }`]),
    })
    const found = diagnostics.filter(({ code }) => code === 'GW3335')
    expect(found.map(({ subject }) => subject)).toEqual(['app', 'web'])
    expect(new Set(found.map(({ cause }) => cause)).size).toBe(1)
  })

  test.each([
    ['a list without a limit', query('{ type: array, items: { type: string } }')],
    ['a text without a limit', query('{ type: string }')],
    ['a text that is too long only if all of it is escaped', query('{ type: string, maxLength: 4000 }')],
    ['the ceiling itself', query('{ type: array, maxItems: 1000, items: { type: integer } }')],
  ])('not for %s', (_, parameters) => {
    expect(headOf(parameters).warnings).toEqual([])
  })
})
