import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { decided } from '../../../support/decided.ts'
import { document, folderWith, place, run } from '../console.ts'

/** A reference to the environment, as written in a manifest. */
const environment = (name: string): string => `\${${name}}`

interface Made {
  readonly code: number
  readonly err: string
  readonly json: {
    readonly clients: readonly {
      readonly id: string
      readonly operations: number
      readonly leftOut: readonly { readonly operation: string; readonly code: string; readonly reason: string }[]
    }[]
  }
  readonly text: string
  /** With all its decisions made. */
  // biome-ignore format: the type of the parts of a manifest that tests use
  readonly manifest: { readonly services: Record<string, Record<string, unknown>>; readonly authenticators: Record<string, unknown>; readonly clients: Record<string, { readonly expose: Record<string, unknown> }> }
  /** The exit code of `lint` for the written manifest. */
  readonly undecided: number
  /** The exit code of `lint` for the manifest with all its decisions made. */
  readonly lint: number
}

/** Writes a manifest for files, and runs `lint` on it. Once decided, every manifest of these tests must have no errors. */
async function init(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Made> {
  const folder = folderWith(files)
  const world = { cwd: folder.path }
  try {
    const specs = Object.keys(files).filter((name) => !name.includes('/parts/'))
    const { code, out, err } = await run(['init', ...specs, '--name', 'shop', '--json', ...args], world)
    const text = existsSync(join(folder.path, 'gateway.yaml'))
      ? readFileSync(join(folder.path, 'gateway.yaml'), 'utf8')
      : ''
    const undecided = text === '' ? -1 : (await run(['lint'], world)).code
    if (text !== '') place(folder.path, { 'gateway.yaml': decided(text) })
    const lint = text === '' ? -1 : (await run(['lint'], world)).code
    return { code, err, json: JSON.parse(out), text, manifest: parse(decided(text)), undecided, lint }
  } finally {
    folder.remove()
  }
}

const flows = { clientCredentials: { tokenUrl: 'https://id.example/token', scopes: { 'orders:read': 'Reads.' } } }
const oauth = {
  components: { securitySchemes: { oauth: { type: 'oauth2', flows } } },
  security: [{ oauth: ['orders:read'] }],
}
const orders = { listOrders: 'GET /orders', getOrder: 'GET /orders/{orderId}' }

describe('the manifest that init writes', () => {
  test('generates unchanged, and has this text', async () => {
    const { code, text, undecided } = await init({
      'orders.json': document(orders, { ...oauth, servers: [{ url: 'https://orders.example/v1/' }] }),
    })
    expect([code, undecided]).toEqual([0, 0])
    expect(text).toBe(`# yaml-language-server: $schema=./generated/shop.schema.json
#
# A first manifest, made from one document by \`gatewright init\`. Comments that begin with \`DECIDE:\` are assumptions and open
# questions: confirm or replace them, and remove the comment. \`gatewright lint\` counts those that are left.
# Documents do not say who may see whose data (\`own\`, \`bind\`). ACCESS.md of each gateway lists the parameters that are not checked.

gatewright: 1
name: shop

x-credentials:
  orders-as-gateway: &orders-as-gateway { client: { tokenUrl: '\${ORDERS_TOKEN_URL:-https://id.example/token}', clientId: '\${ORDERS_CLIENT_ID}', clientSecret: '\${ORDERS_CLIENT_SECRET}' } } # DECIDE: the scopes of this token

services:
  orders: # Orders
    spec: orders.json
    url: \${ORDERS_URL:-https://orders.example/v1}
    security: { oauth: principal }
    credential: principal

authenticators:
  bearer:
    type: jwt
    issuer: \${OIDC_ISSUER}
    audience: shop-app # DECIDE: what the issuer puts into \`aud\` for this client
    typ: jwt # DECIDE: \`typ: at+jwt\` if the issuer marks access tokens (RFC 9068); \`jwt\` accepts both kinds
    scopes: scope
    # roles: roles, or another claim that holds roles, if a rule asks for one

  key: # \`gatewright key\` makes keys
    type: api-key
    name: X-Api-Key
    keys: \${PARTNER_KEYS}
    pepper: \${API_KEY_PEPPER}

clients:
  app:
    authenticate: [bearer]
    expose:
      orders.listOrders: {}
      orders.getOrder: {}

  partner:
    audience: external
    authenticate: [key]
    expose:
      orders.listOrders: { credential: *orders-as-gateway }
      orders.getOrder: { credential: *orders-as-gateway }
`)
  })

  test('leaves to a rule who may call operations that the document leaves open, and the rule undecided', async () => {
    const { text, undecided, lint } = await init({ 'orders.json': document(orders) })
    expect(parse(text)).toMatchObject({
      rules: { 'app-orders-open': 'undecided' },
      clients: {
        app: {
          expose: {
            'orders.listOrders': { access: 'app-orders-open' },
            'orders.getOrder': { access: 'app-orders-open' },
          },
        },
      },
    })
    expect(text).toContain(
      '  app-orders-open: undecided # DECIDE: who of `app` may call 2 operations of orders: the document requires no caller\n',
    )
    expect([undecided, lint]).toEqual([1, 0])
  })

  test('marks a service whose document has no server address', async () => {
    const files = {
      'a.json': document({ a: 'GET /a' }),
      'b.json': document({ b: 'GET /b' }, { servers: [{ url: '/v2' }] }),
    }
    const { text, lint } = await init(files)
    expect(text).toContain(`url: \${A_URL:-http://127.0.0.1:4101} # DECIDE: the document has no server address\n`)
    expect(text).toContain(`url: \${B_URL:-http://127.0.0.1:4102/v2} # DECIDE: the document has no server address\n`)
    expect(lint).toBe(0)
  })

  test('has a service for each server of a document’s operations', async () => {
    const spec = JSON.parse(document(orders, { servers: [{ url: 'https://api.example' }] }))
    spec.paths['/uploads'] = {
      post: {
        operationId: 'upload',
        servers: [{ url: 'https://upload.example/v1' }],
        responses: { 204: { description: 'Done.' } },
      },
    }
    const { text, manifest, lint } = await init({ 'orders.json': JSON.stringify(spec) })
    expect(text).toContain('made from one document by')
    expect(Object.entries(manifest.services).map(([id, { url }]) => [id, url])).toEqual([
      ['orders', environment('ORDERS_URL:-https://api.example')],
      ['orders-upload', environment('ORDERS_UPLOAD_URL:-https://upload.example/v1')],
    ])
    expect(Object.keys(manifest.clients['app']?.expose ?? {})).toEqual([
      'orders.listOrders',
      'orders.getOrder',
      'orders-upload.upload',
    ])
    expect(lint).toBe(0)
  })

  test('lets a document outside the folder refer to the files beside it', async () => {
    const reference = { '/parts': { $ref: 'parts/paths.json' } }
    const folder = folderWith({
      'specs/orders.json': JSON.stringify({ openapi: '3.1.0', info: { title: 'O', version: '1' }, paths: reference }),
      'specs/parts/paths.json': JSON.stringify({
        get: { operationId: 'x', responses: { 204: { description: 'Done.' } } },
      }),
      'project/package.json': '{}',
    })
    const world = { cwd: join(folder.path, 'project') }
    const { code, out } = await run(['init', '../specs/orders.json', '--json'], world)
    const text = readFileSync(join(folder.path, 'project/gateway.yaml'), 'utf8')
    folder.remove()
    expect([code, JSON.parse(out).clients]).toMatchObject([0, [{ id: 'app', operations: 1 }, { leftOut: [] }]])
    expect(text).toContain('spec: ../specs/orders.json\n    refs: [ ../specs ]\n')
  })

  test('names documents without operations in its heading', async () => {
    const { text, lint } = await init({ 'orders.json': document(orders), 'hooks.json': document({}) })
    expect(text).toContain('# Left out: hooks.json describes no operations.\n')
    expect(lint).toBe(0)
  })

  test('keeps text of a document within its comment', async () => {
    const title = 'Orders\nservices: {}\u2028# DECIDE: \u202enothing'
    const { text, manifest, lint } = await init({ 'orders.json': document(orders, { info: { title, version: '1' } }) })
    expect(text).toContain('  orders: # Orders services: {} # DECIDE: nothing\n')
    expect([Object.keys(manifest.services), lint]).toEqual([['orders'], 0])
  })
})

describe('operations that ask for no credential, and those where signing in is optional', () => {
  const paths = (security: object) => ({
    paths: {
      '/a': { get: { operationId: 'a', responses: { 200: { description: 'Fine' } } } },
      '/b': { get: { operationId: 'b', security, responses: { 200: { description: 'Fine' } } } },
    },
  })
  const keys = (external: string) => ['--client', `partner:api-key${external}`]

  test('the credential of the gateway is not written at an operation that asks for none', async () => {
    const { text, lint } = await init({ 'orders.json': document({}, { ...oauth, ...paths([]) }) }, ...keys(':external'))
    expect(lint).toBe(0)
    expect(text).toContain('orders.a: { credential: *orders-as-gateway }')
    expect(text).toContain('orders.b: { access: partner-orders-any-caller }\n')
  })

  test('a caller is required where signing in is optional, until it is decided', async () => {
    const { text, lint } = await init({ 'orders.json': document({}, { ...oauth, ...paths([{}, { oauth: [] }]) }) })
    expect(lint).toBe(0)
    expect(text).toContain(
      '  app-orders-optional: { authenticated: true } # DECIDE: who of `app` may call one operation of orders: signing in is optional in the document, as with `{ public: <reason>, optional: true }`',
    )
  })
})

describe('conflicting routes', () => {
  test('of two services: both get the service’s id as a prefix', async () => {
    const files = {
      'cart.json': document({ c: 'GET /items/{id}' }),
      'stock.json': document({ s: 'GET /items/{sku}', t: 'GET /levels' }),
    }
    const { text, manifest, lint } = await init(files)
    expect(manifest.clients['partner']?.expose).toMatchObject({
      'cart.c': { path: '/cart/items/{id}' },
      'stock.s': { path: '/stock/items/{sku}' },
      'stock.t': { access: 'partner-stock-any-caller' },
    })
    expect(text).toContain(
      "      # The document requires no caller:\n      # DECIDE: cart has operations with the same paths\n      stock.s: { path: '/stock/items/{sku}', access: app-stock-open }\n",
    )
    expect(lint).toBe(0)
  })

  test('of one service: the variant gets its name as a suffix', async () => {
    const spec = JSON.parse(document({ replace: 'PUT /files/{id}' }))
    spec.paths['/files/{id}#move'] = {
      ...spec.paths['/files/{id}'],
      put: { ...spec.paths['/files/{id}'].put, operationId: 'move' },
    }
    const { manifest, lint } = await init({ 'files.json': JSON.stringify(spec) })
    expect(manifest.clients['partner']?.expose).toMatchObject({ 'files.move': { path: '/files/{id}/move' } })
    expect(manifest.clients['partner']?.expose['files.replace']).not.toHaveProperty('path')
    expect(lint).toBe(0)
  })

  test('with reserved paths: get the service’s id as a prefix', async () => {
    const { manifest, lint } = await init({ 'orders.json': document({ live: 'GET /health/live' }) })
    expect(manifest.clients['partner']?.expose).toMatchObject({ 'orders.live': { path: '/orders/health/live' } })
    expect(lint).toBe(0)
  })
})

describe('operations that cannot be served', () => {
  async function withBroken(): Promise<Made> {
    const spec = JSON.parse(document({ ...orders, options: 'OPTIONS /orders' }))
    spec.paths['/orders'].get.tags = ['reading']
    spec.paths['/orders'].options.tags = ['reading']
    spec.paths['/orders/{orderId}'].get.tags = ['single']
    spec.paths['/orders/{orderId}'].delete = { ...spec.paths['/orders/{orderId}'].get, operationId: 'cancel' }
    return init({ 'orders.json': JSON.stringify(spec) })
  }

  test('are left out of every client, and named with the reason', async () => {
    const { json, text, lint } = await withBroken()
    for (const { leftOut } of json.clients)
      expect(leftOut).toMatchObject([{ operation: 'orders OPTIONS /orders', code: 'GW3105' }])
    expect(
      text.match(/ # Left out: GW3105 Gateways do not support OPTIONS.*\n {6}# {3}OPTIONS \/orders\n/g),
    ).toHaveLength(2)
    expect(lint).toBe(0)
  })

  test('are left out for a partner only, if only a partner must not have them', async () => {
    const spec = JSON.parse(document(orders))
    spec.paths['/orders'].get.responses[200].content['application/json'] = {}
    const { json, lint } = await init({ 'orders.json': JSON.stringify(spec) })
    expect(json.clients).toMatchObject([
      { id: 'app', operations: 2, leftOut: [] },
      { id: 'partner', withheld: [{}], leftOut: [{ operation: 'orders GET /orders', code: 'GW3208' }] },
    ])
    expect(lint).toBe(0)
  })

  test('are left out for a partner only, if their answers are not described in all parts', async () => {
    const spec = JSON.parse(document(orders, oauth))
    const schema = { properties: { details: { type: 'object' } } }
    spec.paths['/orders'].get.responses[200].content['application/json'] = { schema }
    const { json, text, lint } = await init({ 'orders.json': JSON.stringify(spec) })
    expect(json.clients).toMatchObject([
      { id: 'app', operations: 2, leftOut: [] },
      { id: 'partner', operations: 1, leftOut: [{ operation: 'orders GET /orders', code: 'GW3340' }] },
    ])
    expect(text).toContain(
      ' # Left out: GW3340 The operation passes everything at `/200/details` of its answers to `partner`',
    )
    expect(lint).toBe(0)
  })

  test('are kept with a decision, if only their errors are not described', async () => {
    const spec = JSON.parse(document(orders, oauth))
    const schema = { properties: { ctx: { type: 'object' }, input: {} } }
    const invalid = { description: 'Invalid', content: { 'application/json': { schema } } }
    Object.assign(spec.paths['/orders'].get.responses, { 422: invalid, default: invalid })
    const { json, manifest, text, lint } = await init({ 'orders.json': JSON.stringify(spec) })
    expect(json.clients).toMatchObject([{ leftOut: [] }, { leftOut: [] }])
    const reason = 'Errors say what was wrong with the request'
    expect(manifest.clients['partner']?.expose['orders.listOrders']).toMatchObject({
      open: { '/422': reason, '/default': reason },
    })
    expect(text).toMatch(
      / # DECIDE: whether clients may see everything in these errors\n +orders\.listOrders: .*open: /,
    )
    expect(lint).toBe(0)
  })
})

describe('security schemes', () => {
  async function credentials(securitySchemes: object, security: readonly object[]) {
    const { manifest, text, lint } = await init({
      'orders.json': document(orders, { components: { securitySchemes }, security }),
    })
    expect(lint).toBe(0)
    return { ...manifest.services['orders'], partner: manifest.clients['partner']?.expose['orders.getOrder'], text }
  }
  const bearer = { type: 'http', scheme: 'bearer' }
  const basic = { type: 'http', scheme: 'basic' }
  const header = { type: 'apiKey', in: 'header', name: 'X-Key' }

  test('of tokens are the caller’s', async () => {
    expect(await credentials({ bearer }, [{ bearer: [] }])).toMatchObject({
      security: { bearer: 'principal' },
      credential: 'principal',
      partner: { credential: { client: { tokenUrl: environment('OIDC_TOKEN_URL') } } },
    })
  })

  test('of keys are the gateway’s', async () => {
    expect(await credentials({ key: header }, [{ key: [] }])).toMatchObject({
      security: { key: 'service' },
      credential: { header: { name: 'X-Key', value: environment('ORDERS_KEY') } },
      partner: { access: 'partner-orders-service-key' },
    })
  })

  test('of passwords are the gateway’s', async () => {
    expect(await credentials({ basic }, [{ basic: [] }])).toMatchObject({
      credential: { basic: { username: environment('ORDERS_USER'), password: environment('ORDERS_PASSWORD') } },
    })
  })

  test('that are required together are all supplied', async () => {
    expect(await credentials({ bearer, key: header }, [{ bearer: [], key: [] }])).toMatchObject({
      security: { bearer: 'principal', key: 'service' },
      credential: ['principal', { header: { name: 'X-Key', value: environment('ORDERS_KEY') } }],
    })
  })

  test('of which one is enough: the caller’s token is used', async () => {
    expect(await credentials({ basic, bearer }, [{ basic: [] }, { bearer: [] }])).toMatchObject({
      security: { basic: 'service', bearer: 'principal' },
      credential: 'principal',
    })
  })

  test.each([
    [
      'a cookie',
      { type: 'apiKey', in: 'cookie', name: 'sid' },
      { name: 'Cookie', value: `sid=${environment('ORDERS_KEY')}` },
    ],
    [
      'a header with an underscore',
      { type: 'apiKey', in: 'header', name: 'api_key' },
      { name: 'api_key', value: environment('ORDERS_KEY') },
    ],
  ])('in %s are sent there', async (_, scheme, header) => {
    expect(await credentials({ scheme }, [{ scheme: [] }])).toMatchObject({ credential: { header } })
  })

  const unfit: readonly (readonly [string, object, string])[] = [
    ['the query', { type: 'apiKey', in: 'query', name: 'key' }, 'the query `key`'],
  ]
  test.each(unfit)('in %s get a placeholder header, and a marked decision', async (_, scheme, words) => {
    const { credential, text }: Record<string, unknown> = await credentials({ scheme }, [{ scheme: [] }])
    expect(credential).toEqual({ header: { name: 'X-Api-Key', value: environment('ORDERS_KEY') } })
    expect(text).toContain(
      `    # Once an operation is exposed: scheme is ${words}, and a gateway sends secrets in headers only\n`,
    )
  })
})

describe('init', () => {
  const files = { 'orders.json': document(orders) }

  test('reports what it wrote and the next command', async () => {
    const folder = folderWith(files)
    const { code, out, err } = await run(['init', 'orders.json', '--out', 'specs/shop.yaml', '--yes'], {
      cwd: folder.path,
    })
    folder.remove()
    expect([code, out]).toEqual([0, ''])
    expect(err).toMatch(
      /^Wrote specs\/shop\.yaml: 1 service, 2 operations\.\n {2}app +2 operations\n {2}partner +0 operations +2 commented out until you decide\n\d+ lines marked DECIDE: .*\nNext: replace `undecided` in 1 rule of `rules` by who may call, then gatewright generate --manifest specs\/shop\.yaml$/,
    )
  })

  test('makes the requested clients', async () => {
    const { manifest, lint } = await init(
      files,
      '--client',
      'web:jwt',
      '--client',
      'desk:jwt',
      '--client',
      'robot:api-key',
    )
    expect(Object.keys(manifest.authenticators)).toEqual(['web-bearer', 'desk-bearer', 'key'])
    expect(manifest.clients['robot']).toEqual({
      authenticate: ['key'],
      expose: {
        'orders.listOrders': { access: 'robot-orders-open' },
        'orders.getOrder': { access: 'robot-orders-open' },
      },
    })
    expect(lint).toBe(0)
  })

  test('uses the documents of a folder', async () => {
    const folder = folderWith({
      'specs/a.json': document({ a: 'GET /a' }),
      'specs/deep/b.json': document({ b: 'GET /b' }),
      'specs/other.json': '{}',
    })
    const { out } = await run(['init', 'specs', '--json'], { cwd: folder.path })
    folder.remove()
    expect(JSON.parse(out).services.map(({ id }: { id: string }) => id)).toEqual(['a', 'b'])
  })

  test('overwrites a manifest only with --force', async () => {
    const folder = folderWith({ ...files, 'gateway.yaml': 'mine' })
    const refused = await run(['init', 'orders.json', '--yes'], { cwd: folder.path })
    const kept = readFileSync(join(folder.path, 'gateway.yaml'), 'utf8')
    const forced = await run(['init', 'orders.json', '--yes', '--force'], { cwd: folder.path })
    const written = readFileSync(join(folder.path, 'gateway.yaml'), 'utf8')
    folder.remove()
    expect([refused.code, kept, forced.code]).toEqual([2, 'mine', 0])
    expect(written).toContain('gatewright: 1')
  })

  test('writes nothing for an invalid document, and reports why', async () => {
    const { code, json, text } = await init({
      'old.json': '{ "swagger": "2.0", "info": { "title": "x", "version": "1" }, "paths": {} }',
    })
    expect([code, text]).toEqual([1, ''])
    expect(json).toMatchObject({ ok: false, diagnostics: [{ code: 'GW1108', place: { file: 'old.json' } }] })
  })

  test('gives the same text for the same documents', async () => {
    expect((await init(files)).text).toBe((await init(files)).text)
  })

  test('takes all documents below the folder with --yes where none is named', async () => {
    const folder = folderWith(files)
    const { code, err } = await run(['init', '--yes'], { cwd: folder.path })
    const text = readFileSync(join(folder.path, 'gateway.yaml'), 'utf8')
    const lint = (await run(['lint'], { cwd: folder.path })).err
    folder.remove()
    expect([code, err.split('\n')[0]]).toEqual([0, expect.stringContaining('Wrote gateway.yaml')])
    for (const name of Object.keys(files)) expect(text).toContain(`spec: ${name}`)
    expect(lint).not.toContain('GW1')
  })

  test('says with --yes that there is no document below the folder', async () => {
    const folder = folderWith({ 'notes.json': '{}' })
    const { code, err } = await run(['init', '--yes'], { cwd: folder.path })
    folder.remove()
    expect([code, err]).toEqual([2, expect.stringContaining('GW5007')])
  })

  test('names an editor schema that the first generate writes, from a manifest in a folder too', async () => {
    const folder = folderWith({ 'specs/orders.json': document(orders, oauth) })
    const world = { cwd: folder.path }
    await run(['init', '--yes', '--out', 'specs/gateway.yaml', '--name', 'shop', '--client', 'app:jwt'], world)
    await run(['generate', '--manifest', 'specs/gateway.yaml'], world)
    const [line = ''] = readFileSync(join(folder.path, 'specs/gateway.yaml'), 'utf8').split('\n')
    const schema = line.replace('# yaml-language-server: $schema=', '')
    const exists = existsSync(join(folder.path, 'specs', schema))
    folder.remove()
    expect([schema, exists]).toEqual(['../generated/shop.schema.json', true])
  })

  test('asks no questions without a terminal', async () => {
    const folder = folderWith(files)
    const { code, err } = await run(['init'], { cwd: folder.path, interactive: true })
    folder.remove()
    expect(code).toBe(2)
    expect(err).toContain('GW5007')
  })
})

test('comments out what the document marks with x-internal: operations, path items and tags', async () => {
  const spec = JSON.parse(document({ a: 'GET /a', b: 'GET /b', c: 'GET /c', d: 'GET /d' }, oauth))
  spec.paths['/a'].get['x-internal'] = true
  spec.paths['/b']['x-internal'] = true
  spec.paths['/c'].get.tags = ['backoffice']
  spec.paths['/d'].get['x-internal'] = false
  spec.tags = [{ name: 'backoffice', 'x-internal': true }]
  const { json, text } = await init({ 'orders.json': JSON.stringify(spec) }, '--client', 'app:jwt')
  const mark = '`x-internal: true` in the document'
  expect(json.clients[0]).toMatchObject({
    withheld: [
      { operation: 'orders GET /a', mark },
      { operation: 'orders GET /b', mark },
      { operation: 'orders GET /c', mark },
    ],
  })
  expect(Object.keys(parse(text).clients.app.expose)).toEqual(['orders.d'])
})

test('says why a document cannot be read', async () => {
  const folder = folderWith({})
  writeFileSync(join(folder.path, 'binary.json'), Buffer.from([0xff, 0xfe, 0x00, 0xc3]))
  const { code, err } = await run(['init', 'binary.json', '--yes'], { cwd: folder.path })
  folder.remove()
  expect(code).toBe(1)
  expect(err).toMatch(/GW1102 +binary\.json is not encoded in UTF-8\.[\s\S]*Nothing was written\.$/)
  expect(err).not.toContain('gateway.yaml')
})

test('a manifest of init exposes no operation that is added later', async () => {
  const folder = folderWith({ 'orders.json': document(orders, oauth) })
  const world = { cwd: folder.path }
  await run(['init', 'orders.json', '--yes'], world)
  place(folder.path, { 'orders.json': document({ ...orders, cancel: 'DELETE /orders/{orderId}' }, oauth) })
  const lint = await run(['lint'], world)
  const { code, err } = await run(['explain', 'DELETE /orders/1'], world)
  folder.remove()
  expect([lint.code, code]).toEqual([0, 2])
  expect(err).toContain('DELETE /orders/1')
})

describe('operations that are written but not exposed', () => {
  const token = { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://id.example/token', scopes: {} } } }
  const key = { type: 'apiKey', in: 'header', name: 'X-Key' }
  const clinic = (paths: Readonly<Record<string, object>>): Readonly<Record<string, string>> => ({
    'visits.json': JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Visits', version: '1' },
      servers: [{ url: 'https://visits.example' }],
      components: { securitySchemes: { token, key } },
      paths: Object.fromEntries(
        Object.entries(paths).map(([route, security]) => {
          const [method = '', path = ''] = route.split(' ')
          return [path, { [method.toLowerCase()]: { security, responses: { 204: { description: 'Done.' } } } }]
        }),
      ),
    }),
  })
  const files = clinic({
    'GET /visits': [{ token: ['visits:read'] }],
    'GET /rooms': [{ token: [] }],
    'DELETE /admin/visits': [{ token: ['visits:read'] }],
    'POST /reindex': [{ key: [] }],
  })

  test('for every client: internals, and what only a credential of the gateway guards', async () => {
    const { text, json, undecided, lint } = await init(files)
    expect(json.clients[0]).toMatchObject({
      id: 'app',
      operations: 2,
      withheld: [
        { operation: 'visits DELETE /admin/visits', cause: 'internal', mark: '`admin` in the path' },
        { operation: 'visits POST /reindex', cause: 'service-key', mark: null },
      ],
    })
    expect(Object.keys(parse(text).clients.app.expose)).toEqual(['visits GET /visits', 'visits GET /rooms'])
    expect(text).toContain(
      '      #visits DELETE /admin/visits: { access: app-visits-internal } # `admin` in the path\n',
    )
    expect([undecided, lint]).toEqual([0, 0])
  })

  test('for external clients also what asks for no scope', async () => {
    const { text, json } = await init(files)
    expect(Object.keys(parse(text).clients.partner.expose)).toEqual(['visits GET /visits'])
    expect(json.clients[1]).toMatchObject({ id: 'partner', operations: 1, withheld: [{ cause: 'any-caller' }, {}, {}] })
  })

  test('with a key of the service that is not sent with any other operation', async () => {
    const { text } = await init(files)
    expect(parse(text).services.visits.credential).toBe('principal')
    expect(text).toContain(
      "      #visits POST /reindex: { credential: { header: { name: X-Key, value: '${VISITS_KEY}' } }, access: app-visits-service-key }\n",
    )
  })

  test('and no rule of them is an error while they are commented out', async () => {
    const { undecided, text } = await init(clinic({ 'POST /reindex': [{ key: [] }] }))
    expect([undecided, parse(text).clients.app.expose]).toEqual([0, null])
  })
})

describe('decisions', () => {
  const decisionsOf = (text: string): readonly string[] => text.match(/# DECIDE: .*/g) ?? []

  test('about paths are one for all operations of a cause', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`o${index}`, `GET /things${index}`]))
    const one = await init({ 'a.json': document(many, oauth), 'b.json': document(many, oauth) }, '--client', 'app:jwt')
    expect(decisionsOf(one.text).filter((line) => line.includes('the same paths'))).toEqual([
      '# DECIDE: b has operations with the same paths',
      '# DECIDE: a has operations with the same paths',
    ])
    expect(one.lint).toBe(0)
    expect(Object.keys(one.manifest.clients['app']?.expose ?? {})).toHaveLength(60)
  })

  test('that nothing depends on are not asked for: a token endpoint without key clients, and roles without roles', async () => {
    const flow = { authorizationCode: { authorizationUrl: 'https://id.example/auth', tokenUrl: '/token', scopes: {} } }
    const secured = {
      components: { securitySchemes: { oauth: { type: 'oauth2', flows: flow } } },
      security: [{ oauth: ['orders:read'] }],
    }
    const { text } = await init({ 'orders.json': document(orders, secured) }, '--client', 'app:jwt')
    expect(decisionsOf(text).filter((line) => /token endpoint|roles/.test(line))).toEqual([])
  })

  test('name the roles claim where a document asks for roles', async () => {
    const staff = { components: { securitySchemes: { staff: { type: 'http', scheme: 'bearer' } } } }
    const { text } = await init({ 'orders.json': document(orders, { ...staff, security: [{ staff: ['clerk'] }] }) })
    expect(text).toContain('    roles: roles # DECIDE: the claim that holds roles\n')
  })

  test('name schemes that a document declares and requires nowhere', async () => {
    const { text } = await init({ 'orders.json': document(orders, { components: oauth.components }) })
    expect(text).toContain(
      '    # DECIDE: no operation requires oauth, which the document declares, so no credential is sent\n',
    )
  })
})

describe('credentials of documents with several keys', () => {
  const secured = (securitySchemes: object, ...security: readonly object[]) => {
    const spec = JSON.parse(document({ a: 'GET /a', b: 'GET /b' }, { components: { securitySchemes } }))
    spec.paths['/a'].get.security = security[0]
    spec.paths['/b'].get.security = security[1] ?? security[0]
    return init({ 'orders.json': JSON.stringify(spec) })
  }
  const cookie = (name: string) => ({ type: 'apiKey', in: 'cookie', name })

  test('an API token is preferred to the cookie of a session', async () => {
    const apiToken = { type: 'apiKey', in: 'header', name: 'X-Api-Token' }
    const { manifest, lint } = await secured({ session: cookie('sid'), apiToken }, [{ session: [] }, { apiToken: [] }])
    expect(manifest.services['orders']?.['credential']).toEqual({
      header: { name: 'X-Api-Token', value: environment('ORDERS_KEY') },
    })
    expect(lint).toBe(0)
  })

  test('two cookies are one header', async () => {
    const { manifest, lint } = await secured({ a: cookie('a'), b: cookie('b') }, [{ a: [] }], [{ b: [] }])
    expect(manifest.services['orders']?.['credential']).toEqual({
      header: { name: 'Cookie', value: `a=${environment('ORDERS_A')}; b=${environment('ORDERS_B')}` },
    })
    expect(lint).toBe(0)
  })

  test('of two keys in one header one is sent, and the other is an open question', async () => {
    const header = { type: 'apiKey', in: 'header', name: 'X-Key' }
    const { manifest, text, lint } = await secured({ a: header, b: header }, [{ a: [] }], [{ b: [] }])
    expect(manifest.services['orders']?.['credential']).toEqual({
      header: { name: 'X-Key', value: environment('ORDERS_A') },
    })
    expect(text).toContain('b and a need the same header; only a is sent')
    expect(lint).toBe(0)
  })
})

describe('documents with faults of several kinds', () => {
  test('lose only the operations with a fault', async () => {
    const spec = JSON.parse(document({ ...orders, broken: 'GET /broken', live: 'GET /health/live' }))
    spec.paths['/broken'].get.responses[200].content['application/json'].schema = { type: 'string', pattern: '(' }
    const other = { 'cart.json': document({ c: 'GET /orders' }) }
    const { code, json, manifest, lint } = await init(
      { 'orders.json': JSON.stringify(spec), ...other },
      '--client',
      'app:jwt',
    )
    expect(code).toBe(0)
    expect(json.clients[0]?.leftOut).toMatchObject([{ operation: 'orders GET /broken' }])
    expect(manifest.clients['app']?.expose).toMatchObject({
      'orders.live': { path: '/orders/health/live' },
      'orders.listOrders': { path: '/orders/orders' },
      'cart.c': { path: '/cart/orders' },
    })
    expect(lint).toBe(0)
  })
})

test('a document of 600 operations makes a manifest for two clients with keys that can be read', async () => {
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`o${index}`, `GET /things${index}`]))
  const args = ['--client', 'one:api-key', '--client', 'two:api-key']
  const { code, json, lint } = await init({ 'things.json': document(many, oauth) }, ...args)
  expect([code, lint, json.clients.map(({ operations }) => operations)]).toEqual([0, 0, [600, 600]])
})

test('references that lead out of the folder get `refs`, as an open question', async () => {
  const schema = { $ref: '../../common/order.json#/Order' }
  const spec = JSON.parse(document(orders, oauth))
  spec.paths['/orders'].get.responses[200].content['application/json'].schema = schema
  const folder = folderWith({
    'gateway/specs/orders.json': JSON.stringify(spec),
    'common/order.json': JSON.stringify({ Order: { $ref: 'deep/id.json' } }),
    'common/deep/id.json': JSON.stringify({ type: 'object', properties: { id: { type: 'string' } } }),
  })
  const world = { cwd: join(folder.path, 'gateway') }
  const { out } = await run(['init', 'specs/orders.json', '--json', '--client', 'app:jwt'], world)
  const text = readFileSync(join(folder.path, 'gateway/gateway.yaml'), 'utf8')
  const lint = await run(['lint'], world)
  folder.remove()
  expect(JSON.parse(out).clients).toMatchObject([{ operations: 2, leftOut: [] }])
  expect(text).toContain('    refs: [ ../common ] # DECIDE: the document refers to files of other folders\n')
  expect(lint.code).toBe(0)
})

test('the example of a token does not become a part of an address', async () => {
  const servers = [
    { url: 'https://api.example/bot{token}/v1', variables: { token: { default: '123456:AA-example-of-a-token' } } },
  ]
  const { text, lint } = await init({ 'bot.json': document(orders, { ...oauth, servers }) })
  expect(text).not.toContain('AA-example')
  expect(text).toContain(
    '    url: ${BOT_URL} # DECIDE: the address has a secret in it: https://api.example/bot{token}/v1\n',
  )
  expect(lint).toBe(0)
})
