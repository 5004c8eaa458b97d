import { afterEach, describe, expect, test } from '@jest/globals'
import { credential, type PlannedGateway, type PlannedParts, startPlannedGateway } from '../support/plannedGateway.ts'
import { openRaw, requestText, sendRaw } from '../support/rawClient.ts'

// `GET /reports/{id}` was exposed and `GET /reports/salaries` was not, or only to administrators: `GET /reports/salaries` reached the salaries.

const answers = 'responses: { 200: { description: Fine, content: { application/json: { schema: { type: object } } } } }'
const of = (...names: readonly string[]): string =>
  `parameters: [${names.map((name) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`).join(', ')}]`

/** A path item: the operation ids by method, and the names of the path's parameters. */
function item(path: string, methods: Readonly<Record<string, string>>, ...names: readonly string[]): string {
  const operations = Object.entries(methods).map(([method, id]) => `${method}: { operationId: ${id}, ${answers} }`)
  return `'${path}': { ${[of(...names), ...operations].join(', ')} }`
}

const open = "access: { public: 'a test' }"
let running: PlannedGateway | null = null

afterEach(async () => {
  await running?.close()
  running = null
})

async function start(parts: PlannedParts): Promise<PlannedGateway> {
  running = await startPlannedGateway(parts)
  return running
}

const reports = [
  item('/reports/{id}', { get: 'report', delete: 'remove' }, 'id'),
  item('/reports/salaries', { get: 'salaries', post: 'raise' }),
]

async function statusOf(gateway: PlannedGateway, line: string, fields: readonly string[] = []): Promise<number> {
  return (await sendRaw(gateway.port, requestText(`${line} HTTP/1.1`, fields))).status
}

describe('a value that is the path of another operation is answered as an unknown path (rule R8)', () => {
  test.each([
    '/reports/salaries',
    '/reports/SALARIES',
    '/reports/Salaries',
    '/reports/%73alaries',
    '/reports/%53ALARIE%53',
    '/reports/%C5%BFalaries',
    '/reports/%EF%BD%93alaries',
    '/reports/salar%C4%B1es',
    '/reports/salaries%E2%80%8B',
    '/reports/%2573alaries',
  ])('%s', async (path) => {
    const gateway = await start({ paths: reports, expose: [`orders.report: { ${open} }`] })
    const refused = await sendRaw(gateway.port, requestText(`GET ${path} HTTP/1.1`))
    const unknown = await sendRaw(gateway.port, requestText('GET /unknown HTTP/1.1'))
    const withoutId = (body: string): string => body.replace(/urn:request:[\w-]+/, '')
    expect([refused.status, withoutId(refused.body)]).toEqual([404, withoutId(unknown.body)])
    expect(await statusOf(gateway, `HEAD ${path}`)).toBe(404)
    expect(await statusOf(gateway, `OPTIONS ${path}`)).toBe(404)
    expect(gateway.service.begun).toBe(0)
    expect(await statusOf(gateway, 'GET /reports/salaries-of-may')).toBe(200)
  })

  test('before authentication, as for an unknown path', async () => {
    const gateway = await start({ paths: reports, expose: ['orders.report: { access: { authenticated: true } }'] })
    expect(await statusOf(gateway, 'GET /reports/salaries')).toBe(404)
    expect(await statusOf(gateway, 'GET /reports/salaries', [credential])).toBe(404)
    expect(await statusOf(gateway, 'GET /reports/7')).toBe(401)
    expect(await statusOf(gateway, 'GET /reports/7', [credential])).toBe(200)
  })

  test('for another protocol on the connection', async () => {
    const gateway = await start({ paths: reports, expose: [`orders.report: { ${open} }`] })
    const upgrade = ['Connection: upgrade', 'Upgrade: websocket']
    expect(await statusOf(gateway, 'GET /reports/salaries', upgrade)).toBe(404)
    expect(await statusOf(gateway, 'GET /reports/7', upgrade)).toBe(400)
  })

  test('for a preflight', async () => {
    const gateway = await start({
      paths: reports,
      expose: [`orders.report: { ${open} }`],
      client: 'cors: { origins: [https://shop.example] }',
    })
    const preflight = ['Origin: https://shop.example', 'Access-Control-Request-Method: GET']
    expect(await statusOf(gateway, 'OPTIONS /reports/salaries', preflight)).toBe(404)
    expect(await statusOf(gateway, 'OPTIONS /reports/7', preflight)).toBe(204)
  })
})

test('where the path has a route with another method: 405, and Allow has only that method', async () => {
  const gateway = await start({
    paths: reports,
    expose: [`orders.report: { ${open} }`, `orders.remove: { ${open} }`, `orders.raise: { ${open} }`],
  })
  for (const line of ['GET /reports/salaries', 'DELETE /reports/salaries', 'HEAD /reports/salaries']) {
    const { status, header } = await sendRaw(gateway.port, requestText(`${line} HTTP/1.1`))
    expect([line, status, header('allow')]).toEqual([line, 405, 'OPTIONS, POST'])
  }
  const options = await sendRaw(gateway.port, requestText('OPTIONS /reports/salaries HTTP/1.1'))
  expect([options.status, options.header('allow')]).toEqual([204, 'OPTIONS, POST'])
  expect(gateway.service.begun).toBe(0)
  expect(await statusOf(gateway, 'POST /reports/salaries')).toBe(200)
})

test('a more strongly guarded sibling is not reached by a spelling that only its service reads as it', async () => {
  const gateway = await start({
    paths: reports,
    expose: [`orders.report: { ${open} }`, "orders.salaries: { access: { scopes: ['admin'] } }"],
  })
  expect(await statusOf(gateway, 'GET /reports/salaries', [credential])).toBe(403)
  expect(await statusOf(gateway, 'GET /reports/Salaries', [credential])).toBe(404)
  expect(gateway.service.begun).toBe(0)
})

describe('other forms of siblings', () => {
  const refused: readonly (readonly [string, PlannedParts, readonly string[], readonly string[]])[] = [
    [
      'another method only',
      {
        paths: [item('/orders/{orderId}', { patch: 'change' }, 'orderId'), item('/orders/summary', { get: 'sum' })],
        expose: [`orders.change: { ${open} }`],
      },
      ['PATCH /orders/summary'],
      ['PATCH /orders/summary2'],
    ],
    [
      'a renamed path',
      { paths: reports, expose: [`orders.report: { path: '/r/{id}', ${open} }`] },
      ['GET /r/salaries', 'GET /r/sAlaries'],
      ['GET /r/7'],
    ],
    [
      'a path without an operation',
      {
        paths: [item('/reports/{id}', { get: 'report' }, 'id'), "'/reports/salaries': {}"],
        expose: [`orders.report: { ${open} }`],
      },
      ['GET /reports/salaries'],
      ['GET /reports/7'],
    ],
    [
      'a suffix',
      {
        paths: [item('/files/{id}', { get: 'file' }, 'id'), item('/files/{id}.json', { get: 'meta' }, 'id')],
        expose: [`orders.file: { ${open} }`],
      },
      ['GET /files/a.json', 'GET /files/a.JSON', 'GET /files/a%2ejson'],
      ['GET /files/.json', 'GET /files/a.jsonl'],
    ],
    [
      'characters that folding removes or composes',
      {
        paths: [
          item('/files/{id}', { get: 'file' }, 'id'),
          item('/files/{id}.json', { get: 'meta' }, 'id'),
          item('/files/by{key}', { get: 'byKey' }, 'key'),
          item('/files/{from}-{to}', { get: 'between' }, 'from', 'to'),
        ],
        expose: [`orders.file: { ${open} }`],
      },
      [
        'GET /files/%20.json',
        'GET /files/%E2%80%8B.JSON',
        'GET /files/%2520.json',
        'GET /files/x%25ZZ.%254ason',
        'GET /files/by%CC%88x',
        'GET /files/BY%20',
        'GET /files/%C2%AD-%C2%AD',
      ],
      ['GET /files/.json', 'GET /files/b%CC%88y', 'GET /files/-'],
    ],
    [
      'several parameters in one segment, in one of the client’s',
      {
        paths: [item('/days/{from}-{to}', { get: 'days' }, 'from', 'to'), item('/days/last-week', { get: 'last' })],
        expose: [`orders.days: { path: '/d/{from}/{to}', ${open} }`],
      },
      ['GET /d/last/week', 'GET /d/LAST/week'],
      ['GET /d/last/month', 'GET /d/week/last'],
    ],
    [
      'templates that OpenAPI does not order',
      {
        paths: [item('/{shop}/orders', { get: 'shop' }, 'shop'), item('/admin/{what}', { get: 'admin' }, 'what')],
        expose: [`orders.shop: { ${open} }`],
      },
      ['GET /admin/orders', 'GET /ADMIN/orders'],
      ['GET /berlin/orders'],
    ],
    [
      'a fixed query, and a base path of the service',
      {
        paths: [
          item('/reports/{id}?full=1', { get: 'report' }, 'id'),
          item('/reports/salaries#all', { get: 'salaries' }),
        ],
        expose: [`orders.report: { ${open} }`],
        base: '/v1/reports',
      },
      ['GET /reports/salaries'],
      ['GET /reports/7'],
    ],
    [
      'a trailing slash',
      {
        paths: [item('/reports/{id}', { get: 'report' }, 'id'), item('/reports/salaries/', { get: 'salaries' })],
        expose: [`orders.report: { ${open} }`],
      },
      ['GET /reports/salaries'],
      ['GET /reports/7'],
    ],
    [
      'letters beyond ASCII',
      {
        paths: [item('/wege/{id}', { get: 'way' }, 'id'), item('/wege/straße', { get: 'street' })],
        expose: [`orders.way: { ${open} }`],
      },
      ['GET /wege/stra%C3%9Fe', 'GET /wege/STRASSE', 'GET /wege/stra%E1%BA%9Ee'],
      ['GET /wege/strase'],
    ],
  ]
  test.each(refused)('%s', async (_, parts, refusals, others) => {
    const gateway = await start(parts)
    for (const line of refusals) expect([line, await statusOf(gateway, line)]).toEqual([line, 404])
    expect(gateway.service.begun).toBe(0)
    for (const line of others) expect([line, await statusOf(gateway, line)]).toEqual([line, 200])
  })
})

test('templates of another length, with other literals, or less concrete do not count', async () => {
  const gateway = await start({
    paths: [
      item('/reports/{id}', { get: 'report' }, 'id'),
      item('/reports/salaries/{year}', { get: 'year' }, 'year'),
      item('/other/salaries', { get: 'other' }),
      item('/{kind}/{name}', { get: 'any' }, 'kind', 'name'),
    ],
    expose: [`orders.report: { ${open} }`],
  })
  expect(await statusOf(gateway, 'GET /reports/salaries')).toBe(200)
})

describe('a value of the caller', () => {
  const paths = [
    item('/customers/{customerId}/addresses/{addressId}', { get: 'address' }, 'customerId', 'addressId'),
    item('/customers/{customerId}/addresses/audit', { get: 'audit' }, 'customerId'),
    item('/customers/all/addresses/{addressId}', { get: 'everyone' }, 'addressId'),
  ]
  const expose = [
    "orders.address: { path: '/me/addresses/{addressId}', bind: { customerId: $principal.customer }, access: { authenticated: true } }",
  ]

  test('that the client’s path alone decides: 404', async () => {
    const gateway = await start({ paths, expose, claims: { customer: 'c1' } })
    expect(await statusOf(gateway, 'GET /me/addresses/audit', [credential])).toBe(404)
    expect(await statusOf(gateway, 'GET /me/addresses/Audit')).toBe(404)
    expect(await statusOf(gateway, 'GET /me/addresses/7', [credential])).toBe(200)
    expect(gateway.service.requests.map(({ url }) => url)).toEqual(['/customers/c1/addresses/7'])
  })

  test.each(['all', 'ALL', '\uff21ll', '%61ll'])('that makes another path: 403 (%s)', async (customer) => {
    const gateway = await start({ paths, expose, claims: { customer } })
    const connection = await openRaw(gateway.port)
    connection.write(requestText('GET /me/addresses/7 HTTP/1.1', [credential]))
    const { status, body } = await connection.response()
    connection.destroy()
    expect(status).toBe(403)
    expect(JSON.parse(body)).toMatchObject({
      type: 'urn:gatewright:problem:forbidden',
      errors: [{ in: 'path', pointer: 'customerId', detail: 'bound value does not fit' }],
    })
    expect(gateway.service.begun).toBe(0)
  })
})

test('a Location that is the path of another operation is not given to the client', async () => {
  const gateway = await start({
    paths: reports,
    expose: [`orders.report: { ${open} }`],
    answer: ({ url }, res) => {
      res.writeHead(200, { location: url.replace('next', 'Salaries'), 'content-type': 'application/json' }).end('{}')
    },
  })
  const locationOf = async (path: string): Promise<string | undefined> =>
    (await sendRaw(gateway.port, requestText(`GET ${path} HTTP/1.1`))).header('location')
  expect(await locationOf('/reports/next')).toBeUndefined()
  expect(await locationOf('/reports/7')).toBe('/reports/7')
})
