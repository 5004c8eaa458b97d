import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { document, folderWith, place, run, shop } from './console.ts'

let folder: ReturnType<typeof folderWith>
beforeEach(() => {
  folder = folderWith(shop)
})
afterEach(() => folder.remove())

const manifest = shop['gateway.yaml'] ?? ''
const generate = (...args: readonly string[]) => run(['generate', ...args], { cwd: folder.path })
const exists = (path: string): boolean => existsSync(join(folder.path, path))

describe('generate', () => {
  test('emits every client and reports it', async () => {
    const { code, out, err } = await generate()
    expect(err).toMatch(
      /^gateway\.yaml {2}1 service, 2 operations\n {2}app {2}1 route {3}first time {2}generated\/app\n {2}web {2}2 routes {2}first time {2}generated\/web\nWrote \d+ files, 0 unchanged\. \d+\.\d s$/,
    )
    expect([code, out]).toEqual([0, ''])
    expect(exists('generated/web/src/gateway/routes.ts')).toBe(true)
  })

  test('counts an operation once where several services have its document', async () => {
    const service = manifest.match(/\n {2}orders:.*\n(?: {4}.*\n)*/)?.[0] ?? ''
    place(folder.path, {
      'gateway.yaml': manifest.replace(service, service + service.slice(1).replace('orders:', 'more:')),
    })
    expect((await generate()).err).toContain('gateway.yaml  2 services, 2 operations\n')
    expect((await generate()).err).toContain('gateway.yaml  2 services, 2 operations\n')
  })

  test('reports on a second run that nothing is to be written', async () => {
    await generate()
    expect((await generate()).err).toMatch(
      /web {2}2 routes {2}unchanged[\s\S]*Nothing to write, \d+ files unchanged\. /,
    )
  })

  test('lists changes for callers, wider access first', async () => {
    await generate()
    const wider = manifest.replace(
      "orders.listOrders: { access: { scopes: ['orders:read'] } }",
      'orders.listOrders: { access: { authenticated: true } }',
    )
    place(folder.path, {
      'gateway.yaml': wider.replace(
        '      orders.getOrder: { access: { authenticated: true } }\n',
        '      orders.listOrders: { access: { authenticated: true } }\n',
      ),
    })
    const { err } = await generate()
    expect(err).toMatch(/app {2}1 route {3}1 new, 1 gone/)
    expect(err).toMatch(
      /web {2}2 routes {2}access widened: 1, 1 changed .*\n {4}widened {2}GET \/orders {2}scope orders:read no longer required/,
    )
  })

  test('lists routes that refuse undeclared members of bodies now, as for a client that becomes external', async () => {
    const spec = JSON.parse(shop['orders.json'] ?? '')
    const schema = { type: 'object', properties: { note: { type: 'string' } } }
    const { get } = spec.paths['/orders']
    get.responses[200].content = { 'application/json': { schema } }
    spec.paths['/orders'] = { post: { ...get, requestBody: { content: { 'application/json': { schema } } } } }
    const taking = manifest.split('  app:\n')[0]?.replace(/ +orders\.getOrder: .*\n/, '') ?? ''
    place(folder.path, { 'gateway.yaml': taking, 'orders.json': JSON.stringify(spec) })
    await generate()
    place(folder.path, { 'gateway.yaml': taking.replace('  web:\n', '  web:\n    audience: external\n') })
    const { err } = await generate()
    expect(err).toMatch(
      /web {2}1 route {2}believed widened: 1, stricter: 1, 1 changed .*\n {4}widened {3}audience +callers are of other organisations now \(audience: external\)\n {4}breaking {2}POST \/orders +undeclared members of bodies are refused now\n/,
    )
  })

  const settings: readonly (readonly [what: string, from: string, to: string, want: RegExp])[] = [
    [
      'an audience',
      'audience: shop',
      'audience: [shop, admin]',
      /app {2}1 route {3}believed widened: 1 .*\n {4}widened {2}authenticators\.bearer {2}tokens for the audience admin are accepted now\n/,
    ],
    [
      'an issuer',
      "'${OIDC_ISSUER}'",
      "'${OTHER_ISSUER}'",
      /believed widened: 1 .*\n {4}widened .* tokens of \$\{OTHER_ISSUER\} for the audience shop are accepted now\n {4}breaking .* tokens of \$\{OIDC_ISSUER\} .* no longer accepted\n/,
    ],
    ['the type of tokens', 'audience: shop', 'audience: shop, typ: jwt', /widened .* \(typ: jwt\)\n/],
    [
      'a trusted proxy',
      '  app:\n',
      '  app:\n    trustedProxies: [10.0.0.1]\n',
      /app .*believed widened: 1 .*\n {4}widened {2}trustedProxies {2}X-Forwarded-\* of 10\.0\.0\.1 is believed now\n.*web {2}2 routes {2}unchanged/s,
    ],
    [
      'a limit that stands in no table',
      '    url: ',
      '    timeout: 7s\n    url: ',
      /web {2}2 routes {2}settings .*\n {4}settings {2}src\/gateway\/services\.ts {2}has other settings now\n/,
    ],
  ]
  test.each(settings)('names %s that changed, for each client', async (_, from, to, want) => {
    await generate()
    place(folder.path, { 'gateway.yaml': manifest.replace(from, to) })
    expect((await generate()).err).toMatch(want)
  })

  test('names a removed client and its routes with their rules', async () => {
    await generate()
    place(folder.path, { 'gateway.yaml': manifest.split('  app:\n')[0] ?? '' })
    const { err } = await generate()
    expect(err).toMatch(
      / {2}app {2}1 route {3}gone +generated\/app\n {4}gone {2}GET \/orders\/\{orderId\} {2}any authenticated caller\nNothing to write/,
    )
    expect(exists('generated/app')).toBe(false)
    expect((await generate()).err).not.toContain('app')
  })

  test('says that an access table of an earlier version does not tell who was believed', async () => {
    await generate()
    const table = JSON.parse(readFileSync(join(folder.path, 'generated/web/access.json'), 'utf8'))
    place(folder.path, { 'generated/web/access.json': JSON.stringify({ ...table, trust: undefined }) })
    const { err } = await generate('--force')
    expect(err).toMatch(
      /web {2}2 routes {2}believed before: unknown .*\n {4}unknown {2}access\.json {2}the earlier file does not say whom/,
    )
  })

  test('names what changed in the contract of each client, by route', async () => {
    await generate()
    const spec = JSON.parse(shop['orders.json'] ?? '')
    const { get } = spec.paths['/orders/{orderId}']
    get.responses[200].content['application/json'].schema.properties = { orderId: { type: 'string' } }
    get.parameters.push({ name: 'expand', in: 'query', schema: { type: 'string' } })
    place(folder.path, { 'orders.json': JSON.stringify(spec) })
    const { err } = await generate()
    const widening = / {4}widened {2}GET \/orders\/\{orderId\} {2}answers have orderId now\n/
    const change = / {4}changed {2}GET \/orders\/\{orderId\} {2}inputs: query expand new; answers: 200 changed\n/
    expect(err).toMatch(
      new RegExp(`app {2}1 route {3}access widened: 1, 1 changed .*\n${widening.source}${change.source}`),
    )
    expect(err).toMatch(
      new RegExp(`web {2}2 routes {2}access widened: 1, 1 changed .*\n${widening.source}${change.source}`),
    )
  })

  test('reports changed texts if nothing else changed', async () => {
    await generate()
    const spec = JSON.parse(shop['orders.json'] ?? '')
    spec.paths['/orders'].get.summary = 'All orders'
    place(folder.path, { 'orders.json': JSON.stringify(spec) })
    expect((await generate()).err).toMatch(/app {2}1 route {3}unchanged [\s\S]*web {2}2 routes {2}texts /)
  })

  test('names a new operation that a selector makes public', async () => {
    const all = manifest.replace(
      / {2}app:[\s\S]*/,
      "  app: { expose: { 'orders.*': { access: { public: No secrets } } } }\n",
    )
    place(folder.path, { 'gateway.yaml': all })
    await generate()
    place(folder.path, {
      'orders.json': document({
        listOrders: 'GET /orders',
        getOrder: 'GET /orders/{orderId}',
        listKinds: 'GET /kinds',
      }),
    })
    const { out } = await run(['generate', '--json', '--out', 'other'], { cwd: folder.path })
    expect(JSON.parse(out).clients[0]).toMatchObject({ access: null, contract: null })
    const { err } = await generate()
    expect(err).toMatch(/app {2}3 routes {2}1 new \(1 public\) .*\n {4}new, public {2}GET \/kinds {2}No secrets\n/)
    expect(err).toMatch(/web {2}2 routes {2}unchanged/)
  })

  test('limits the listed changes, and counts the rest', async () => {
    const all = manifest.replace(
      / {2}app:[\s\S]*/,
      "  app: { expose: { 'orders.*': { access: { public: No secrets } } } }\n",
    )
    place(folder.path, { 'gateway.yaml': all })
    await generate()
    const more = Object.fromEntries(Array.from({ length: 45 }, (_, at) => [`op${at}`, `GET /op${at}`]))
    const operations = { listOrders: 'GET /orders', getOrder: 'GET /orders/{orderId}', ...more }
    place(folder.path, { 'orders.json': document(operations) })
    const { err } = await generate()
    expect(err.match(/new, public/g)?.length).toBe(40)
    expect(err).toMatch(/ {4}\.\.\. 5 more changes; --json has all\.\n/)
  })

  test('prints changes with --json', async () => {
    await generate()
    const spec = JSON.parse(shop['orders.json'] ?? '')
    spec.paths['/orders'].get.parameters = [{ name: 'page', in: 'query', schema: { type: 'integer' } }]
    place(folder.path, { 'orders.json': JSON.stringify(spec) })
    const { out } = await generate('--json')
    const unchanged = { added: [], removed: [], changed: [], schemes: [], texts: false }
    const changed = [{ method: 'GET', path: '/orders', inputs: [{ what: 'query page', how: 'new' }], answers: [] }]
    expect(JSON.parse(out).clients).toMatchObject([
      { id: 'app', contract: unchanged },
      { id: 'web', access: { added: [], removed: [], changed: [], public: [] } },
    ])
    expect(JSON.parse(out).clients[1].contract.changed).toMatchObject(changed)
  })

  test('works from another folder', async () => {
    const { code } = await run(['generate', '--manifest', join(folder.path, 'gateway.yaml'), '--out', 'there'], {
      cwd: folder.path,
    })
    expect(code).toBe(0)
    expect(exists('there/app/package.json')).toBe(true)
  })

  test('finds specs/gateway.yaml', async () => {
    place(folder.path, { 'inner/specs/gateway.yaml': manifest, 'inner/specs/orders.json': shop['orders.json'] ?? '' })
    const { code, err } = await run(['generate'], { cwd: join(folder.path, 'inner') })
    expect(err).toMatch(/^specs\/gateway\.yaml {2}1 service/)
    expect(code).toBe(0)
  })

  test('emits only the given client', async () => {
    await generate('--client', 'app')
    expect([exists('generated/app'), exists('generated/web')]).toEqual([true, false])
  })

  test('does not change other clients', async () => {
    await generate()
    await generate('--client', 'app')
    expect(exists('generated/web/package.json')).toBe(true)
  })

  test('writes nothing if there are errors, and shows their places', async () => {
    place(folder.path, {
      'gateway.yaml': manifest.replace('orders.getOrder: { access: { authenticated: true } }', 'orders.getOrdr: {}'),
    })
    const { code, out, err } = await generate()
    expect([code, out, exists('generated')]).toEqual([1, '', false])
    expect(err).toMatch(
      /^error GW3101 [\s\S]*gateway\.yaml:18:7\n[\s\S]*\^{14,}[\s\S]*\n\n1 error in 1 file \(\d+\.\d s\)$/,
    )
  })

  test('prints all results with --json', async () => {
    const { code, out, err } = await generate('--json')
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      manifest: 'gateway.yaml',
      diagnostics: [],
      clients: [
        { id: 'app', routes: 1, access: null, folder: 'generated/app' },
        { id: 'web', routes: 2, access: null, folder: 'generated/web' },
      ],
      removed: [],
      left: 0,
    })
  })

  test('prints errors with --json, with places', async () => {
    place(folder.path, {
      'gateway.yaml': manifest.replace('orders.getOrder: { access: { authenticated: true } }', 'orders.getOrdr: {}'),
    })
    const { code, out, err } = await generate('--json')
    const { ok, diagnostics } = JSON.parse(out)
    expect([code, err, ok]).toEqual([1, '', false])
    expect(diagnostics).toMatchObject([
      { code: 'GW3101', severity: 'error', place: { file: 'gateway.yaml', line: 18, column: 7 } },
    ])
  })

  test('names each operation that --skip-unsupported leaves out', async () => {
    const spec = JSON.parse(shop['orders.json'] ?? '')
    spec.paths['/orders'].get.parameters = [{ name: 'x', in: 'nowhere', schema: {} }]
    place(folder.path, { 'orders.json': JSON.stringify(spec) })
    expect((await generate()).code).toBe(1)
    const { code, err } = await generate('--skip-unsupported')
    expect(err).toMatch(
      /^warning GW3106 {2}orders GET \/orders is left out of `web`\. [\s\S]*web {2}1 route \(1 operation left out\)/,
    )
    expect(code).toBe(0)
  })

  test('refuses a file that was edited by hand without --force', async () => {
    await generate()
    place(folder.path, { 'generated/web/README.md': 'mine' })
    const { code, err } = await generate()
    expect(err).toContain('GW4101')
    expect([code, readFileSync(join(folder.path, 'generated/web/README.md'), 'utf8')]).toEqual([1, 'mine'])
    expect((await generate('--force')).code).toBe(0)
  })

  test('shows progress only on a terminal', async () => {
    expect((await generate()).progress).toEqual([])
    const { progress } = await run(['generate'], { cwd: folder.path, interactive: true })
    expect(progress[0]).toBe('Reading the manifest and the specs ...')
    expect(progress.length).toBe(5)
  })
})
