import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Outcome, remembering } from '../../../generator/memory/index.ts'
import { type OutputOptions, run } from '../../../generator/run.ts'
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

interface Asked {
  readonly until?: 'write' | 'compare'
  readonly force?: boolean
  /** Below the test's folder, like `memory`. */
  readonly out?: string
  readonly clients?: readonly string[]
  readonly skipUnsupported?: boolean
  readonly text?: string
  /** `null`: none. */
  readonly memory?: string | null
  readonly recall?: boolean
}

interface Attempt {
  readonly outcome: Outcome
  /** Whether a stored result was used. */
  readonly recalled: boolean
}

async function attempt(asked: Asked = {}): Promise<Attempt> {
  const { memory = 'memory', out = 'generated', recall = true, until = 'write', force = false, ...more } = asked
  let runs = 0
  const wanted = { manifest: at('gateway.yaml'), out: at(out), clients: [], skipUnsupported: false, ...more }
  const options: OutputOptions = until === 'write' ? { ...wanted, until, force } : { ...wanted, until }
  const counted = (given: OutputOptions) => {
    runs++
    return run(given)
  }
  const outcome = await remembering(counted, { folder: memory === null ? null : at(memory), recall })(options)
  return { outcome, recalled: runs === 0 }
}

describe('a run since which nothing changed', () => {
  test('is returned from the store with the same results', async () => {
    await attempt()
    const { diagnostics, ...found } = (await attempt({ recall: false })).outcome
    const { outcome, recalled } = await attempt()
    expect(recalled).toBe(true)
    expect({ ...outcome, diagnostics: null }).toEqual({ ...found, diagnostics: null })
    const shown = (from: typeof diagnostics) => from.all.map((one) => renderDiagnostic(one, from.locator))
    expect(shown(diagnostics).join()).toContain('GW3304')
    expect(shown(outcome.diagnostics)).toEqual(shown(diagnostics))
  })

  test('is used by a comparison, which finds no difference', async () => {
    await attempt()
    const { outcome, recalled } = await attempt({ until: 'compare' })
    expect([recalled, outcome.written, outcome.differences]).toEqual([true, null, []])
  })

  test('is stored by a comparison that found no difference', async () => {
    await attempt({ memory: 'other' })
    await attempt({ until: 'compare' })
    expect((await attempt()).recalled).toBe(true)
  })
})

describe('no stored result is used', () => {
  const routes = 'generated/web/src/gateway/routes.ts'

  test.each<[string, () => void, Asked?]>([
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
    ['once the schema of an earlier name of the manifest lies there', () => rename()],
    ['when its own record cannot be read', () => spoil('{')],
    ['when its record is of another gatewright', () => spoil('{ "by": "another", "entry": {} }')],
    ['when other clients are asked for', () => undefined, { clients: ['web'] }],
    ['when another folder is asked for', () => undefined, { out: 'elsewhere' }],
    ['when force is used', () => undefined, { force: true }],
    ['when unsupported operations may be left out', () => undefined, { skipUnsupported: true }],
    ['when the memory is kept elsewhere', () => undefined, { memory: 'nowhere' }],
    ['when there is no memory', () => undefined, { memory: null }],
    ['when it is not to be', () => undefined, { recall: false }],
    ['when the manifest is given as a text', () => undefined, { text: manifest }],
  ])('%s', async (_when, change, over = {}) => {
    await attempt()
    expect((await attempt()).recalled).toBe(true)
    change()
    expect((await attempt(over)).recalled).toBe(false)
  })

  test('after a run that found an error', async () => {
    writeFileSync(at('gateway.yaml'), manifest.replaceAll('orders.getOrder', 'orders.getOrders'))
    await attempt()
    expect((await attempt()).recalled).toBe(false)
  })

  test('after a check that found a difference', async () => {
    await attempt({ until: 'compare' })
    expect((await attempt()).recalled).toBe(false)
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

  function rename(): void {
    const schema = readFileSync(at('generated/shop.schema.json'), 'utf8')
    writeFileSync(at('generated/earlier.schema.json'), schema)
  }

  function abandon(): void {
    mkdirSync(at('generated/old'))
    writeFileSync(at('generated/old/gatewright.lock.json'), readFileSync(at('generated/web/gatewright.lock.json')))
  }

  function spoil(text: string): void {
    for (const name of readdirSync(at('memory'))) writeFileSync(join(at('memory'), name), text)
  }
})
