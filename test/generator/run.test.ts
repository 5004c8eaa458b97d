import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type GenerateOptions, generate, type Result } from '../../generator/run.ts'

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

function run(over: Partial<GenerateOptions> = {}): Promise<Result> {
  return generate({
    manifest: join(folder, 'specs/gateway.yaml'),
    out: join(folder, 'generated'),
    clients: [],
    mode: 'write',
    force: false,
    skipUnsupported: false,
    onStage: () => undefined,
    ...over,
  })
}

describe('generate', () => {
  test('writes a gateway for each client, and then finds nothing more to do', async () => {
    const first = await run()
    expect(first.diagnostics.all).toEqual([])
    expect(first.written?.wrote).toEqual(
      expect.arrayContaining(['mobile/src/main.ts', 'web/src/main.ts', 'web/src/runtime/index.ts']),
    )
    expect(first.clients.map(({ plan, access }) => [plan.id, access])).toEqual([
      ['mobile', null],
      ['web', null],
    ])
    const second = await run()
    expect([second.written?.wrote, second.written?.removed]).toEqual([[], []])
    expect((await run({ mode: 'check' })).differences).toEqual([])
  })

  test('runs its stages in order, and tells how long each took', async () => {
    const stages: string[] = []
    const { timings } = await run({ onStage: (stage) => stages.push(stage) })
    expect([stages, Object.keys(timings)]).toEqual([['read', 'model', 'plan', 'emit', 'write'], stages])
  })

  test('says what a changed spec does to who may call what', async () => {
    await run()
    writeFileSync(join(folder, 'specs/orders.yaml'), spec('openid'))
    const { clients, differences } = await run({ mode: 'check', clients: ['web'] })
    expect(clients.map(({ access }) => access?.widened)).toEqual([
      [{ method: 'GET', path: '/orders/{orderId}', what: ['scope orders:read no longer asked'] }],
    ])
    expect(differences?.map(({ client }) => client)).toEqual(['web'])
  })

  test('writes nothing when a stage finds an error', async () => {
    writeFileSync(join(folder, 'specs/gateway.yaml'), manifest('[web]').replace('orders.getOrder', 'orders.getOrders'))
    const { diagnostics, written, clients } = await run()
    expect([diagnostics.hasErrors, written, clients]).toEqual([true, null, []])
    expect(() => readFileSync(join(folder, 'generated/web/README.md'))).toThrow('ENOENT')
  })

  test('removes the gateway of a client that is gone, but not when only others were asked for', async () => {
    await run()
    writeFileSync(join(folder, 'specs/gateway.yaml'), manifest('[web]'))
    expect((await run({ clients: ['web'] })).written?.removed).toEqual([])
    expect((await run()).written?.removed).toContain('mobile/src/main.ts')
  })
})
