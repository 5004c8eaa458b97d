import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Dispatcher, request } from 'undici'
import { writePath } from '../../generator/dev/demands.ts'
import type { RunningClient } from '../../generator/dev/runningClient.ts'
import type { ReceivedRequest } from '../../generator/dev/simulator.ts'
import { type System, type SystemOptions, startSystem } from '../../generator/dev/system.ts'
import type { Model } from '../../generator/model/index.ts'
import type { AccessRow, ClientPlan, Plan } from '../../generator/plan/types.ts'
import { run } from '../../generator/run.ts'
import { hashKey } from '../../templates/runtime/auth/keys.ts'

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url))

/** Plans the sample manifest. */
export async function planSample(): Promise<{ readonly model: Model; readonly plan: Plan }> {
  const manifest = join(projectRoot, 'specs/gateway.yaml')
  const { diagnostics, model, plan } = await run({ manifest, clients: [], skipUnsupported: false, until: 'plan' })
  if (model === null || plan === null) throw new Error(JSON.stringify(diagnostics.all, null, 2))
  return { model: model.value, plan: plan.value }
}

/** The rows of a committed gateway's access.json, which has the data of ACCESS.md. */
export function accessRows(client: string): readonly AccessRow[] {
  const text = readFileSync(join(projectRoot, 'generated', client, 'access.json'), 'utf8')
  return (JSON.parse(text) as { routes: readonly AccessRow[] }).routes
}

/** A caller, or an attacker who claims to be one. */
export interface Caller {
  readonly subject: string
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  readonly claims: Readonly<Record<string, unknown>>
}

export type Defect = 'expired' | 'wrong audience' | 'broken'

export interface SampleSystem {
  readonly system: System
  readonly plan: Plan
  readonly model: Model
  /** Requests that reached a service since the last `forget`. */
  readonly received: readonly ReceivedRequest[]
  forget(): void
  client(id: string): RunningClient
  plannedClient(id: string): ClientPlan
  /** A header with a credential of the client's kind. Callers with keys must be among `callers` at the start. */
  credential(client: string, caller: Caller, defect?: Defect): Promise<Readonly<Record<string, string>>>
  close(): Promise<void>
}

const pepper = 'a pepper for tests'
/** Keys that are refused are used in turn: 20 failures with one id would block it (rule K3). */
const turns = Array.from({ length: 10 }, (_, turn) => turn)
const secret = '0123456789abcdef0123456789abcdef'

/**
 * The committed gateways of the sample as processes, in front of simulators and the development identity provider.
 * `callers` get API keys. `watching`: further options for the processes.
 */
export async function startSampleSystem(
  callers: readonly Caller[],
  watching: Partial<Pick<SystemOptions, 'onLog' | 'onEnd' | 'preload'>> = {},
): Promise<SampleSystem> {
  const { model, plan } = await planSample()
  const received: ReceivedRequest[] = []
  const keys = callers.flatMap((caller, index) => [
    keyRecord(`valid-${index}`, caller, {}),
    ...turns.flatMap((turn) => [
      keyRecord(`expired-${index}-${turn}`, caller, { expires: '2020-01-01T00:00:00Z' }),
      keyRecord(`guessed-${index}-${turn}`, caller, {}),
    ]),
  ])
  let uses = 0
  const system = await startSystem({
    model,
    plan,
    out: join(projectRoot, 'generated'),
    port: 0,
    identityPort: 0,
    node: process.execPath,
    preload: [],
    env: { PATH: process.env['PATH'], PARTNER_KEYS: JSON.stringify(keys), API_KEY_PEPPER: pepper },
    onRequest: (one) => received.push(one),
    ...watching,
  })

  const { identity } = system
  if (identity === null) throw new Error('The identity provider of the sample does not run.')
  const find = <T extends { readonly id: string }>(all: readonly T[], id: string): T => {
    const found = all.find((one) => one.id === id)
    if (found === undefined) throw new Error(`The sample has no client ${id}.`)
    return found
  }
  return {
    system,
    plan,
    model,
    received,
    forget: () => {
      received.length = 0
    },
    client: (id) => find(system.clients, id),
    plannedClient: (id) => find(plan.clients, id),
    credential: async (id, caller, defect) => {
      const authenticators = Object.values(find(plan.clients, id).client.authenticators)
      const [authenticator] = authenticators
      if (authenticator?.kind === 'api-key') {
        const index = callers.indexOf(caller)
        const header = authenticator.header.toLowerCase()
        if (defect === undefined) return { [header]: `test_valid-${index}_${secret}` }
        const turn = uses++ % turns.length
        if (defect === 'expired') return { [header]: `test_expired-${index}-${turn}_${secret}` }
        return { [header]: `test_guessed-${index}-${turn}_${secret.replace('0', '1')}` }
      }
      const issuer = authenticator?.kind === 'jwt' ? authenticator.issuers[0] : undefined
      const now = Math.floor(Date.now() / 1000)
      const claims: Record<string, unknown> = {
        iss: system.issuer,
        aud: defect === 'wrong audience' ? 'somebody-else' : issuer?.audience?.[0],
        sub: caller.subject,
        iat: now - 7200,
        exp: defect === 'expired' ? now - 3600 : now + 3600,
        ...caller.claims,
      }
      if (issuer?.scopes) writePath(claims, issuer.scopes, caller.scopes.join(' '))
      if (issuer?.roles) writePath(claims, issuer.roles, caller.roles)
      const token = await identity.sign(claims)
      return { authorization: `Bearer ${defect === 'broken' ? `${token.slice(0, -4)}AAAA` : token}` }
    },
    close: () => system.close(),
  }
}

function keyRecord(id: string, caller: Caller, more: object): object {
  return {
    id,
    hash: hashKey(pepper, secret),
    subject: caller.subject,
    scopes: caller.scopes,
    roles: caller.roles,
    claims: caller.claims,
    ...more,
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** Sends one request. The target is not normalised. */
export async function send(
  url: string,
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer | null = null,
): Promise<Answer> {
  const answer = await request(`${url}${target}`, {
    method: method as Dispatcher.HttpMethod,
    headers: { ...headers },
    body,
  })
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) }
}
