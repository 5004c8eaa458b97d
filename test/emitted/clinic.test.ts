import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type System, startSystem } from '../../generator/dev/system.ts'
import { run as stages } from '../../generator/run.ts'
import { hashKey } from '../../templates/runtime/auth/keys.ts'
import { run } from '../generator/commands/console.ts'
import { projectRoot, send } from '../support/sampleSystem.ts'

// From three documents to running gateways: `init` without questions, its open decisions, `generate`, and calls with tokens
// that a provider (oidc-provider) issues.

/** Timeout in ms, for building three gateways. */
const patience = 240_000

const clients = ['app:jwt', 'desk:jwt', 'partner:api-key:external'].flatMap((client) => ['--client', client])
const pepper = 'a pepper for tests'
const secret = '0123456789abcdef0123456789abcdef'

/** What the operators of the clinic decide: who may see free slots and the worklist. Everything else stays as it is. */
const decisions: Readonly<Record<string, string>> = {
  'app-appointments-open': '{ public: Free slots are open to everybody }',
  'desk-appointments-open': '{ public: Free slots are open to everybody }',
  'app-imaging-open': "{ scopes: ['imaging:read'] }",
  'desk-imaging-open': "{ scopes: ['imaging:read'] }",
}

/** Paths that the documents mark as administration or internals, or that only the key of a service guards. */
const withheld: readonly (readonly [string, string])[] = [
  ['DELETE', '/admin/appointments'],
  ['POST', '/internal/reindex'],
  ['POST', '/reminders/send'],
  ['DELETE', '/admin/patients/1'],
  ['GET', '/admin/users'],
  ['POST', '/internal/cache/flush'],
  ['GET', '/debug/heap'],
  ['GET', '/metrics'],
  ['GET', '/health'],
  ['POST', '/queue/rebuild'],
  ['POST', '/studies/purge'],
]

let folder: string
let system: System
const scopes = ['appointments:read', 'appointments:write', 'imaging:read', 'imaging:write']
const codes: number[] = []
const received: string[] = []

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gatewright-clinic-')))
  cpSync(join(projectRoot, 'test/fixtures/clinic'), join(folder, 'specs'), { recursive: true })
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const world = { cwd: folder }
  const init = await run(['init', 'specs', '--name', 'clinic', '--yes', ...clients], world)
  const undecided = await run(['generate'], world)
  const manifest = join(folder, 'gateway.yaml')
  const text = Object.entries(decisions).reduce(
    (all, [rule, decision]) => all.replace(`  ${rule}: undecided`, `  ${rule}: ${decision}`),
    readFileSync(manifest, 'utf8'),
  )
  writeFileSync(manifest, text)
  const generated = await run(['generate'], world)
  codes.push(init.code, undecided.code, generated.code)

  const { model, plan, diagnostics } = await stages({ manifest, clients: [], skipUnsupported: false, until: 'plan' })
  if (model === null || plan === null) throw new Error(JSON.stringify(diagnostics.all, null, 2))
  const key = { id: 'lab', hash: hashKey(pepper, secret), subject: 'lab', scopes, roles: [], claims: {} }
  system = await startSystem({
    model: model.value,
    plan: plan.value,
    out: join(folder, 'generated'),
    port: 0,
    identityPort: 0,
    node: process.execPath,
    preload: [],
    onRequest: ({ method, url }) => received.push(`${method} ${url}`),
    env: { PATH: process.env['PATH'], PARTNER_KEYS: JSON.stringify([key]), API_KEY_PEPPER: pepper },
  })
}, patience)
afterAll(async () => {
  await system?.close()
  rmSync(folder, { recursive: true, force: true })
}, patience)

async function credential(client: string): Promise<Readonly<Record<string, string>>> {
  if (client === 'partner') return { 'x-api-key': `test_lab_${secret}` }
  const token = await system.identity?.token({ user: 'alice', audience: `clinic-${client}`, scopes })
  return { authorization: `Bearer ${token}` }
}

async function call(client: string, method: string, target: string, headers: Readonly<Record<string, string>>) {
  const found = system.clients.find(({ id }) => id === client)
  if (found === undefined) throw new Error(`There is no client ${client}.`)
  return send(found.url, method, target, headers)
}

const all = ['app', 'desk', 'partner'] as const

describe('three documents of a clinic', () => {
  test('make a manifest that generates once its rules are decided, and not before', () => {
    expect(codes).toEqual([0, 1, 0])
  })

  test.each(all)('give %s a gateway that answers with a credential, and refuses without one', async (client) => {
    const headers = await credential(client)
    const paths = ['/appointments', '/studies', ...(client === 'partner' ? [] : ['/patients/', '/worklist'])]
    for (const path of paths) {
      const answer = await call(client, 'GET', path, headers)
      expect([path, answer.status, answer.body.toString().slice(0, 1)]).toEqual([
        path,
        200,
        expect.stringMatching(/[[{]/),
      ])
      expect([path, (await call(client, 'GET', path, {})).status]).toEqual([path, 401])
    }
  })

  test.each(all)('offer %s nothing that is administration, internal, or guarded by a key only', async (client) => {
    const headers = await credential(client)
    const answers = await Promise.all(
      withheld.map(async ([method, path]) => [method, path, (await call(client, method, path, headers)).status]),
    )
    // A path of another route with another method, or below one with a parameter, is refused as such.
    expect(answers.filter(([, , status]) => status !== 404 && status !== 405 && status !== 400)).toEqual([])
    expect(received.filter((one) => withheld.some(([method, path]) => one.startsWith(`${method} ${path}`)))).toEqual([])
  })

  test('offer what was decided to be public without a credential, to the clients of the clinic only', async () => {
    const statuses = await Promise.all(all.map(async (client) => (await call(client, 'GET', '/free-slots', {})).status))
    expect(statuses).toEqual([200, 200, 404])
  })
})
