import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { outcomeOf, recall } from '../../../generator/memory/remembering.ts'
import { type GenerateOptions, generate } from '../../../generator/run.ts'
import { renderDiagnostic } from '../../../generator/support/index.ts'
import { type ManifestFolder, manifestFolder } from '../../support/manifestFolder.ts'

const spec = `
openapi: 3.1.0
info: { title: Orders, version: '1' }
servers: [{ url: https://orders.example }]
paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      security: [{ oauth: ['orders:read'] }]
      servers: [{ url: https://archive.example }]
      parameters: [{ in: path, name: orderId, required: true, schema: { type: string } }]
      responses:
        '200': { description: The order, content: { application/json: { schema: { $ref: 'order.yaml' } } } }
  /unused:
    get:
      operationId: unused
      responses: { '200': { description: Nobody asks for it, content: { application/json: { schema: { $ref: absent.yaml } } } } }
components:
  securitySchemes:
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://idp.example/token', scopes: { 'orders:read': Read } } } }
`

const manifest = `
gatewright: 1
name: shop
services:
  orders: { spec: orders.yaml, url: '\${ORDERS_URL}', security: { oauth: principal }, credential: principal }
authenticators:
  bearer: { type: jwt, issuer: '\${OIDC_ISSUER}', audience: shop, scopes: scope }
clients:
  web: { authenticate: [bearer], expose: { orders.getOrder: {} } }
  app: { authenticate: [bearer], expose: { orders.getOrder: {} } }
`

let folder: ManifestFolder

beforeEach(() => {
  folder = manifestFolder({
    'gateway.yaml': manifest,
    'spec.yaml': spec,
    'order.yaml': 'type: object\nproperties: { id: { type: string } }\n',
  })
  symlinkSync('spec.yaml', at('orders.yaml'))
})

afterEach(() => folder.remove())

const at = (path: string): string => join(folder.path, path)

function options(over: Partial<GenerateOptions> = {}): GenerateOptions {
  return {
    manifest: at('gateway.yaml'),
    out: at('generated'),
    clients: [],
    mode: 'write',
    force: false,
    skipUnsupported: false,
    memory: at('memory'),
    onStage: () => undefined,
    ...over,
  }
}

describe('a run after which nothing changed', () => {
  test('is recalled as what it would find now', async () => {
    await generate(options())
    const { diagnostics, ...told } = outcomeOf(await generate(options()))
    const recalled = await recall(options())
    expect({ ...recalled, diagnostics: null }).toEqual({ ...told, diagnostics: null })
    const shown = (from: typeof diagnostics) => from.all.map((one) => renderDiagnostic(one, from.locator))
    expect(shown(diagnostics).join()).toContain('GW3304')
    expect(recalled === null ? null : shown(recalled.diagnostics)).toEqual(shown(diagnostics))
  })

  test('answers a check, which finds no difference', async () => {
    await generate(options())
    const recalled = await recall(options({ mode: 'check' }))
    expect([recalled?.written, recalled?.differences]).toEqual([null, []])
  })

  test('is kept by a check that found no difference', async () => {
    await generate(options({ memory: at('other') }))
    await generate(options({ mode: 'check' }))
    expect(await recall(options())).not.toBeNull()
  })
})

describe('nothing is recalled', () => {
  const routes = 'generated/web/src/gateway/routes.ts'

  test.each<[string, () => void, Partial<GenerateOptions>?]>([
    ['once the manifest has another byte', () => appendFileSync(at('gateway.yaml'), '#')],
    ['once a spec has another byte', () => appendFileSync(at('spec.yaml'), '#')],
    ['once a file that a spec refers to has another byte', () => appendFileSync(at('order.yaml'), '#')],
    ['once a spec is a link to another file', () => relink()],
    ['once a file is there that was missing', () => writeFileSync(at('absent.yaml'), 'type: string\n')],
    ['once a generated file was edited', () => appendFileSync(at(routes), '// mine\n')],
    ['once a generated file and its lock were edited to agree', () => editWithLock()],
    ['once a generated file is gone', () => rmSync(at(routes))],
    ['once a generated file is a link to its copy', () => copyAndLink()],
    ['once a stranger is among what is built', () => writeFileSync(at('generated/web/src/runtime/extra.ts'), '')],
    ['once the gateway of a client that is gone lies there', () => abandon()],
    ['when its own record cannot be read', () => spoil('{')],
    ['when its record is of another gatewright', () => spoil('{ "by": "another", "entry": {} }')],
    ['when other clients are asked for', () => undefined, { clients: ['web'] }],
    ['when another folder is asked for', () => undefined, { out: 'elsewhere' }],
    ['when force is used', () => undefined, { force: true }],
    ['when unsupported operations may be left out', () => undefined, { skipUnsupported: true }],
    ['when nothing is to be remembered', () => undefined, { memory: 'nowhere' }],
  ])('%s', async (_when, change, over = {}) => {
    await generate(options())
    expect(await recall(options())).not.toBeNull()
    change()
    expect(await recall(options(over))).toBeNull()
  })

  test('of a run that found an error', async () => {
    writeFileSync(at('gateway.yaml'), manifest.replaceAll('orders.getOrder', 'orders.getOrders'))
    await generate(options())
    expect(await recall(options())).toBeNull()
  })

  test('of a check that found a difference', async () => {
    await generate(options({ mode: 'check' }))
    expect(await recall(options())).toBeNull()
  })

  function relink(): void {
    writeFileSync(at('copy.yaml'), spec)
    rmSync(at('orders.yaml'))
    symlinkSync('copy.yaml', at('orders.yaml'))
  }

  function editWithLock(): void {
    appendFileSync(at('generated/web/README.md'), 'mine\n')
    const lock = at('generated/web/gatewright.lock.json')
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/("README.md": ")[0-9a-f]+/, `$1${'0'.repeat(64)}`))
  }

  function copyAndLink(): void {
    writeFileSync(at('copy.ts'), readFileSync(at(routes)))
    rmSync(at(routes))
    symlinkSync(at('copy.ts'), at(routes))
  }

  function abandon(): void {
    mkdirSync(at('generated/old'))
    writeFileSync(at('generated/old/gatewright.lock.json'), readFileSync(at('generated/web/gatewright.lock.json')))
  }

  function spoil(text: string): void {
    for (const name of readdirSync(at('memory'))) writeFileSync(join(at('memory'), name), text)
  }
})
