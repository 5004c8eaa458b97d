import { describe, expect, test } from '@jest/globals'
import { manifest, operation, orderId, planned, spec } from '../../../../support/planned.ts'

const parameter = (place: string, name: string, more = 'schema: { type: string }'): string =>
  `{ name: ${name}, in: ${place}, ${more} }`

function routed(parameters: readonly string[], options = '{}', body = '') {
  const members = [
    `operationId: putOrder, parameters: [${[orderId, ...parameters].join(', ')}]`,
    ...(body === '' ? [] : [`requestBody: ${body}`]),
  ]
  return planned(manifest([`orders.putOrder: ${options}`]), {
    orders: spec([`/orders/{orderId}: { ${operation('put', members.join(', '))} }`]),
  })
}

const request = (...given: Parameters<typeof routed>) => routed(...given).route('orders.putOrder').route.request

describe('a client may send what the service declares', () => {
  test('and nothing else', () => {
    const { path, query, header, cookie, body, maxBody } = request([
      parameter('query', 'expand'),
      parameter('query', 'atMost'),
      parameter('header', 'X-Tenant'),
      parameter('cookie', 'theme'),
    ])
    expect({ path, query, header, cookie, body, maxBody }).toEqual({
      path: ['orderId'],
      query: ['atMost', 'expand'],
      header: ['X-Tenant'],
      cookie: ['theme'],
      body: null,
      maxBody: 0,
    })
  })

  const json = '{ content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }'
  const limits: readonly (readonly [string, string, string, number])[] = [
    ['JSON', json, '{}', 1_048_576],
    ['multipart', '{ content: { multipart/form-data: { schema: { type: object } } } }', '{}', 10_485_760],
    ['binary', '{ content: { application/octet-stream: {} } }', '{}', 10_485_760],
    ['text', '{ content: { text/plain: {} } }', '{}', 1_048_576],
    ['the manifest’s own', json, '{ maxBody: 2KB }', 2_000],
  ]
  test.each(limits)('a body of %s up to a limit (rule O6)', (_, body, options, want) => {
    expect(request([], options, body).maxBody).toBe(want)
  })
})

describe('a header is never taken from a client if', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Authorization', 'a credential'],
    ['Accept', 'for OpenAPI to ignore'],
    ['Content-Type', 'for OpenAPI to ignore'],
    ['X-Request-Id', 'the gateway’s'],
    ['X-Forwarded-For', 'the gateway’s'],
    ['Forwarded', 'the gateway’s'],
    ['Host', 'the gateway’s'],
    ['Transfer-Encoding', 'the gateway’s'],
    ['traceparent', 'the gateway’s'],
    ['X-Api-Key', 'the credential of the service'],
  ]
  test.each(cases)('%s is %s (rules P2, R4, H1)', (name) => {
    const { route, codes } = routed([parameter('header', name)])
    expect([route('orders.putOrder').route.request.header, codes]).toEqual([[], []])
  })

  const reserved = [
    'X-User-Id',
    'X-Auth-Roles',
    'X-Original-URL',
    'X-HTTP-Method-Override',
    'Cookie',
    'Content-Encoding',
    'X-Gatewright-Subject',
    'X-Real-IP',
  ]
  test.each(reserved)('%s must not be sent by it, and a warning is reported (rules P2, R4, H1)', (name) => {
    const { route, codes } = routed([parameter('header', name)])
    expect([route('orders.putOrder').route.request.header, codes]).toEqual([[], ['GW3204']])
  })

  test('but metadata of an upload is', () => {
    const { header } = request([parameter('header', 'Content-Range'), parameter('header', 'Content-MD5')])
    expect(header).toEqual(['Content-MD5', 'Content-Range'])
  })

  test('it is bound', () => {
    const { request } = routed(
      [parameter('header', 'X-User-Id', 'required: true, schema: { type: string }')],
      '{ bind: { x-user-id: $principal.sub } }',
    ).route('orders.putOrder').route
    expect([request.header, request.bind]).toEqual([[], [{ in: 'header', name: 'X-User-Id', claim: ['sub'] }]])
  })
})

describe('a bound input', () => {
  test('is removed from what a client may send', () => {
    const { query, bind } = request([parameter('query', 'customerId')], '{ bind: { customerId: $principal.realm.id } }')
    expect([query, bind]).toEqual([[], [{ in: 'query', name: 'customerId', claim: ['realm', 'id'] }]])
  })

  test('in the path is removed from the route’s path and kept in the service’s', () => {
    const { route } = routed([], '{ path: /order, bind: { orderId: $principal.order } }').route('orders.putOrder')
    expect([route.path, route.request.path, route.action.path]).toEqual(['/order', [], '/orders/{orderId}'])
  })

  test('in a JSON body leaves only JSON, because a client could send it in other types', () => {
    const schema = '{ schema: { type: object, properties: { customerId: { type: string } } } }'
    const body = `{ content: { application/json: ${schema}, application/x-www-form-urlencoded: ${schema} } }`
    const { body: types, bind } = request([], '{ bind: { body.customerId: $principal.sub } }', body)
    expect([types, bind]).toEqual([['application/json'], [{ in: 'body', name: 'customerId', claim: ['sub'] }]])
  })

  const claims: readonly (readonly [string, string, readonly string[]])[] = [
    ['$principal.sub', '{ type: array, items: { type: string } }', []],
    ['$principal.groups', '{ type: array, items: { type: string } }', []],
    ['$principal.amr', '{ type: string }', ['GW3203']],
    ['$principal.sub', '{ type: integer }', []],
    ['$principal.anything', '{ type: object }', ['GW3203']],
  ]
  test.each(claims)('by %s may be %s', (claim, schema, codes) => {
    const query = parameter('query', 'customerId', `style: form, explode: true, schema: ${schema}`)
    expect(routed([query], `{ bind: { customerId: ${claim} } }`).codes).toEqual(codes)
  })
})

test('undeclared query parameters are treated as the route says, else as the client says', () => {
  const orders = spec([
    `/orders: { ${operation('get', 'operationId: list')}, ${operation('post', 'operationId: create')} }`,
  ])
  const { client } = planned(
    manifest(['orders.list: {}', 'orders.create: { undeclaredQuery: drop }'], { client: 'undeclaredQuery: refuse' }),
    { orders },
  )
  expect(client.routes.map(({ route }) => [route.id, route.request.undeclaredQuery])).toEqual([
    ['orders.list', 'refuse'],
    ['orders.create', 'drop'],
  ])
})
