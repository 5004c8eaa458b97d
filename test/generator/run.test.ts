import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type OutputOptions, type Run, run, type Stage } from '../../generator/run.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatewright-'))
  mkdirSync(join(folder, 'specs'))
  writeFileSync(join(folder, 'specs/orders.yaml'), spec('orders:read'))
  writeFileSync(join(folder, 'specs/gateway.yaml'), manifest('[web, mobile]'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

function spec(scope: string): string {
  return `
openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      security: [{ oauth: [${scope}] }]
      parameters: [{ in: path, name: orderId, required: true, schema: { type: string } }]
      responses:
        '200': { description: The order, content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } }
components:
  securitySchemes:
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://idp.example/token', scopes: { 'orders:read': Read, openid: Sign in } } } }
`
}

function manifest(clients: string): string {
  const each = (id: string) => `  ${id}:\n    authenticate: [bearer]\n    expose: { orders.getOrder: {} }\n`
  return `
gatewright: 1
name: shop
services:
  orders: { spec: orders.yaml, url: '\${ORDERS_URL}', security: { oauth: principal }, credential: principal }
authenticators:
  bearer: { type: jwt, issuer: '\${OIDC_ISSUER}', audience: shop, scopes: scope }
clients:
${clients
  .replace(/[[\]\s]/g, '')
  .split(',')
  .map(each)
  .join('')}`
}

const common = () => ({
  manifest: join(folder, 'specs/gateway.yaml'),
  out: join(folder, 'generated'),
  clients: [],
  skipUnsupported: false,
})

function write(over: Partial<OutputOptions> = {}): Promise<Run> {
  return run({ ...common(), ...over, until: 'write', force: false })
}

function compare(over: Partial<OutputOptions> = {}): Promise<Run> {
  return run({ ...common(), ...over, until: 'compare' })
}

describe('a run', () => {
  test('writes a gateway for each client, and then nothing on a second run', async () => {
    const first = await write()
    expect(first.diagnostics.all).toEqual([])
    expect(first.written?.wrote).toEqual(
      expect.arrayContaining(['mobile/src/main.ts', 'web/src/main.ts', 'web/src/runtime/index.ts']),
    )
    expect(first.clients.map(({ plan, changes }) => [plan.id, changes])).toEqual([
      ['mobile', null],
      ['web', null],
    ])
    const second = await write()
    expect([second.written?.wrote, second.written?.removed]).toEqual([[], []])
    expect((await compare()).differences).toEqual([])
  })

  test('runs its stages in order, and measures each', async () => {
    const stages: string[] = []
    const { timings } = await write({ onStage: (stage) => stages.push(stage) })
    expect([stages, Object.keys(timings)]).toEqual([['read', 'model', 'plan', 'emit', 'write'], stages])
  })

  const lasts: readonly (readonly [until: 'model' | 'plan' | 'emit', stages: readonly Stage[]])[] = [
    ['model', ['read', 'model']],
    ['plan', ['read', 'model', 'plan']],
    ['emit', ['read', 'model', 'plan', 'emit']],
  ]
  test.each(lasts)('until `%s` runs no further stage, and writes nothing', async (until, want) => {
    const stages: Stage[] = []
    const ended = await run({ ...common(), until, onStage: (stage) => stages.push(stage) })
    const made = { model: ended.model, plan: ended.plan, emit: ended.files }
    expect(stages).toEqual(want)
    expect(Object.entries(made).flatMap(([name, result]) => (result === null ? [] : [name]))).toEqual(want.slice(1))
    expect(existsSync(join(folder, 'generated'))).toBe(false)
  })

  test('writes the same when it is frugal, and returns no documents', async () => {
    const usual = await write()
    const frugal = await compare({ frugal: true })
    expect([frugal.inputs, frugal.model, frugal.differences]).toEqual([null, null, []])
    expect(frugal.files).toEqual(usual.files)
    expect([frugal.about?.services, frugal.about?.operations]).toEqual([1, usual.about?.operations])
    const kept = frugal.plan?.value.clients.map(({ contract, services }) => [contract, services])
    expect(kept).toEqual(usual.plan?.value.clients.map(() => [{}, []]))
    expect(frugal.clients.map(({ plan }) => plan.routes.length)).toEqual(
      usual.clients.map(({ plan }) => plan.routes.length),
    )
  })

  test('reads a text instead of the manifest file', async () => {
    const { plan } = await run({ ...common(), text: manifest('[other]'), until: 'plan' })
    expect(plan?.value.clients.map(({ id }) => id)).toEqual(['other'])
  })

  test('reports how a changed spec changes access', async () => {
    await write()
    writeFileSync(join(folder, 'specs/orders.yaml'), spec('openid'))
    const { clients, differences } = await compare({ clients: ['web'] })
    expect(clients.map(({ changes }) => changes?.access.widened)).toEqual([
      [{ method: 'GET', path: '/orders/{orderId}', what: ['scope orders:read no longer required'] }],
    ])
    expect(differences?.map(({ client }) => client)).toEqual(['web'])
  })

  test('reports how a changed spec changes answers', async () => {
    await write()
    writeFileSync(join(folder, 'specs/orders.yaml'), spec('orders:read').replace('{ id: {', '{ orderId: {'))
    const { clients } = await compare({ clients: ['web'] })
    expect(clients.map(({ changes }) => changes?.contract?.changed)).toEqual([
      [{ method: 'GET', path: '/orders/{orderId}', inputs: [], answers: [{ what: '200', how: 'changed' }] }],
    ])
  })

  test('writes nothing when a stage finds an error', async () => {
    writeFileSync(join(folder, 'specs/gateway.yaml'), manifest('[web]').replace('orders.getOrder', 'orders.getOrders'))
    const { diagnostics, written, clients } = await write()
    expect([diagnostics.hasErrors, written, clients]).toEqual([true, null, []])
    expect(existsSync(join(folder, 'generated'))).toBe(false)
  })

  test('goes on without the service whose document has an error, and emits nothing', async () => {
    const services = 'services:\n  broken: { spec: broken.yaml }\n'
    writeFileSync(join(folder, 'specs/gateway.yaml'), manifest('[web]').replace('services:\n', services))
    writeFileSync(join(folder, 'specs/broken.yaml'), 'openapi: 3.1.0\npaths: [')
    const { inputs, model, plan, files } = await write()
    expect(inputs?.faulty).toEqual(['broken', 'web'])
    expect(inputs?.value.specs.map(({ service }) => service)).toEqual(['orders'])
    expect(model?.value.services.map(({ id }) => id)).toEqual(['orders'])
    expect([plan, files, existsSync(join(folder, 'generated'))]).toEqual([null, null, false])
  })

  test('reports errors of all stages together, without those that follow from others', async () => {
    const text = manifest('[web, mobile]')
      .replace('services:\n', 'services:\n  broken: { spec: broken.yaml }\n')
      .replace('authenticate: [bearer]', 'authenticate: [beerer]')
      .replace('expose: {', 'expose: { broken.list: {}, orders.getOrders: {},')
    writeFileSync(join(folder, 'specs/gateway.yaml'), text)
    writeFileSync(join(folder, 'specs/broken.yaml'), 'openapi: 3.1.0\npaths: [')
    const { diagnostics } = await write()
    expect(diagnostics.all.map(({ code }) => code).sort()).toEqual(['GW1102', 'GW3101', 'GW3312'])
  })

  test('writes the schema of the manifest, compares it, and does not overwrite a file of the user', async () => {
    const schema = join(folder, 'generated/shop.schema.json')
    expect((await write()).written?.wrote).toContain('shop.schema.json')
    const contents = readFileSync(schema, 'utf8')
    expect((await compare()).differences).toEqual([])

    writeFileSync(schema, contents.replace('GET /orders/{orderId}.', 'PUT /orders.'))
    const { differences } = await compare()
    expect(
      differences?.map(({ client, differences: all }) => [client, all.map(({ path, kind }) => [path, kind])]),
    ).toEqual([['', [['shop.schema.json', 'stale']]]])
    expect((await write()).written?.wrote).toEqual(['shop.schema.json'])
    expect(readFileSync(schema, 'utf8')).toBe(contents)

    writeFileSync(schema, '{}\n')
    const { diagnostics, written } = await write()
    expect([diagnostics.all.map(({ code }) => code), written]).toEqual([['GW4102'], null])
    expect(readFileSync(schema, 'utf8')).toBe('{}\n')
  })

  test('removes the schema of an earlier name of the manifest, when no gateway there is of that name', async () => {
    await write()
    const beside = (): readonly string[] => readdirSync(join(folder, 'generated')).filter((name) => name.includes('.'))
    writeFileSync(join(folder, 'generated/mine.schema.json'), '{}\n')
    writeFileSync(join(folder, 'specs/gateway.yaml'), manifest('[web, mobile]').replace('name: shop', 'name: store'))
    expect((await write({ clients: ['web'] })).written?.removed).toEqual([])
    expect(beside()).toEqual(['mine.schema.json', 'shop.schema.json', 'store.schema.json'])

    const { differences } = await compare()
    expect(differences?.find(({ client }) => client === '')?.differences).toMatchObject([
      { path: 'shop.schema.json', kind: 'extra' },
    ])
    expect((await write()).written?.removed).toEqual(['shop.schema.json'])
    expect(beside()).toEqual(['mine.schema.json', 'store.schema.json'])
    expect((await compare()).differences).toEqual([])
  })

  test('keeps such a schema while a lock cannot be read', async () => {
    await write()
    mkdirSync(join(folder, 'generated/other'))
    writeFileSync(join(folder, 'generated/other/gatewright.lock.json'), '{')
    writeFileSync(join(folder, 'specs/gateway.yaml'), manifest('[web, mobile]').replace('name: shop', 'name: store'))
    expect((await write()).written?.removed).toEqual([])
  })

  test('removes the gateway of a client that was removed, but not if only other clients were requested', async () => {
    await write()
    writeFileSync(join(folder, 'specs/gateway.yaml'), manifest('[web]'))
    expect((await write({ clients: ['web'] })).written?.removed).toEqual([])
    expect((await write()).written?.removed).toContain('mobile/src/main.ts')
  })
})

describe('the lock of a client', () => {
  const services = `services:
  media: { spec: media.yaml, overlays: [media-overlay.yaml], url: 'http://media.internal' }
`
  const overlay = `
overlay: 1.0.0
info: { title: Corrections, version: '1' }
actions: [{ target: $.info, update: { description: Pictures } }]
`
  const media = `
openapi: 3.1.0
info: { title: Media, version: '1' }
paths:
  /pictures:
    get:
      operationId: listPictures
      responses: { '200': { $ref: 'shared.yaml#/answer' } }
`

  beforeEach(async () => {
    const twice = manifest('[web, mobile]')
      .replace('services:\n', services)
      .replace('mobile:\n', 'mobile:\n    cors: { origins: [https://m.example] }\n')
      .replace(/(mobile:[\s\S]*expose: \{)/, '$1 media.listPictures: { access: { public: Pictures } },')
    writeFileSync(join(folder, 'specs/gateway.yaml'), twice)
    writeFileSync(join(folder, 'specs/media.yaml'), media)
    writeFileSync(join(folder, 'specs/media-overlay.yaml'), overlay)
    writeFileSync(join(folder, 'specs/shared.yaml'), 'answer: { description: They }\n')
    expect((await write()).diagnostics.all).toEqual([])
  })

  function lock(client: string): string {
    return readFileSync(join(folder, `generated/${client}/gatewright.lock.json`), 'utf8')
  }

  const unused = `${media}    post: { operationId: addPicture, responses: { '204': { description: Added } } }\n`
  const others: readonly (readonly [what: string, file: string, text: string, isSame: boolean])[] = [
    ['is unchanged by a comment in a document', 'media.yaml', `${media}# more\n`, true],
    ['is unchanged by a comment in an overlay', 'media-overlay.yaml', `${overlay}# more\n`, true],
    ['is unchanged by an operation that the client does not have', 'media.yaml', unused, true],
    ['changes with a part that the client uses', 'shared.yaml', 'answer: { description: Those }\n', false],
  ]
  test.each(others)('%s, and not at all for a client without the service', async (_, file, text, isSame) => {
    const before = { web: lock('web'), mobile: lock('mobile') }
    writeFileSync(join(folder, 'specs', file), text)
    const { written } = await write()
    expect(written?.wrote.filter((path) => path.startsWith('web/'))).toEqual([])
    expect([lock('web') === before.web, lock('mobile') === before.mobile]).toEqual([true, isSame])
  })

  test('is unchanged if the manifest changes for another client only', async () => {
    const before = lock('web')
    const path = join(folder, 'specs/gateway.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('https://m.example', 'https://n.example'))
    expect((await write()).written?.wrote).toContain('mobile/src/gateway/client.ts')
    expect(lock('web')).toBe(before)
  })
})
