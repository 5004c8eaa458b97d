import { join } from 'node:path'
import type { EnvText } from '../../templates/runtime/vocabulary.ts'
import { resolveEnvText } from '../../templates/runtime/words/envText.ts'
import type { Model, ServiceModel } from '../model/types.ts'
import { planOffer } from '../plan/index.ts'
import type { ClientPlan, Plan } from '../plan/types.ts'
import { buildGateway } from './build.ts'
import { demandsOf } from './demands.ts'
import {
  createSecrets,
  developmentClient,
  developmentEnvironment,
  type Environment,
  onlyReference,
} from './environment.ts'
import { type GatewayProcess, startGateway } from './gateway.ts'
import { type IdentityProvider, startIdentityProvider } from './identity.ts'
import { readContract } from './published.ts'
import { type ReceivedRequest, type Simulator, startSimulator } from './simulator.ts'
import type { SimulatedService } from './types.ts'
import { type DevelopmentUser, developmentUsers } from './users.ts'

export interface SystemOptions {
  readonly model: Model
  readonly plan: Plan
  /** Absolute folder that contains the emitted gateways. */
  readonly out: string
  /** Port of the first gateway; further ones use the following ports. 0: any free ports. */
  readonly port: number
  /** Port of the identity provider; 0: any free port. */
  readonly identityPort: number
  readonly node: string
  readonly preload: readonly string[]
  /** The shell's environment: `PATH`, and variables that take precedence over generated values. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly onRequest?: (request: ReceivedRequest) => void
  /** A line of a gateway's log (JSON). */
  readonly onLog?: (client: string, line: string) => void
  /** Called if a gateway process ends unexpectedly. */
  readonly onEnd?: (client: string, code: number | null) => void
}

export interface RunningClient {
  readonly id: string
  readonly url: string
  readonly environment: Environment
  /** The header line with a user's credential: `authorization: Bearer ...` or the API key's header. */
  credential(user: DevelopmentUser, scopes?: readonly string[]): Promise<string>
}

/** A whole system on one machine: simulated services, an identity provider, and the gateways as processes. */
export interface System {
  readonly issuer: string
  readonly identity: IdentityProvider
  readonly users: readonly DevelopmentUser[]
  readonly clients: readonly RunningClient[]
  /** Address of each service's simulator. */
  readonly simulators: Readonly<Record<string, string>>
  /** Switches to other documents: simulators use them at once, the gateways in `changed` are built and restarted. */
  update(model: Model, plan: Plan, changed: ReadonlySet<string>): Promise<void>
  close(): Promise<void>
}

/** Starts a system. If a part cannot start, the others are stopped. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { plan } = options
  const demands = demandsOf(plan)
  const users = developmentUsers(demands)
  const secrets = createSecrets()
  const running = new Map<string, { client: RunningClient; gateway: GatewayProcess }>()
  const simulators = new Map<string, Simulator>()
  let identity: IdentityProvider | null = null
  let closing = false

  const close = async (): Promise<void> => {
    closing = true
    await Promise.all([...running.values()].map(({ gateway }) => gateway.stop()))
    await Promise.all([...simulators.values()].map((simulator) => simulator.close()))
    await identity?.close()
  }

  const startClient = async (client: ClientPlan, port: number, provider: IdentityProvider): Promise<void> => {
    const folder = join(options.out, client.id)
    await buildGateway(folder)
    const environment = developmentEnvironment(client, {
      issuer: provider.issuer,
      simulators: addresses(simulators),
      shell: options.env,
      users,
      secrets,
    })
    const path = options.env['PATH']
    const gateway = await startGateway({
      client: client.id,
      folder,
      port,
      variables: { ...(path === undefined ? {} : { PATH: path }), ...environment.variables },
      node: options.node,
      preload: options.preload,
      onLog: (line) => options.onLog?.(client.id, line),
    })
    gateway.ended.then((code) => {
      if (!closing && running.get(client.id)?.gateway === gateway) options.onEnd?.(client.id, code)
    })
    running.set(client.id, { gateway, client: runningClient(client, gateway.url, environment, provider) })
  }

  try {
    for (const { id, services } of simulatorGroups(options.model, plan)) {
      const simulator = await startSimulator({
        port: 0,
        services,
        ...(options.onRequest && { onRequest: options.onRequest }),
      })
      for (const service of id) simulators.set(service, simulator)
    }
    const provider = await startIdentityProvider({
      port: options.identityPort,
      users,
      clients: [developmentClient],
      scopes: [...new Set([...demands.scopes, ...credentialScopes(plan)])],
      rolesClaims: rolesClaims(plan),
    })
    identity = provider
    for (const [index, client] of plan.clients.entries()) {
      await startClient(client, options.port === 0 ? 0 : options.port + index, provider)
    }
    return {
      issuer: provider.issuer,
      identity: provider,
      users,
      get clients() {
        return [...running.values()].map(({ client }) => client)
      },
      simulators: addresses(simulators),
      update: async (model, next, changed) => {
        for (const { id, services } of simulatorGroups(model, next)) {
          for (const service of id) simulators.get(service)?.replace(services)
        }
        for (const client of next.clients.filter(({ id }) => changed.has(id))) {
          const before = running.get(client.id)
          const port = before === undefined ? 0 : Number(new URL(before.client.url).port)
          running.delete(client.id)
          await before?.gateway.stop()
          await startClient(client, port, provider)
        }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function addresses(simulators: ReadonlyMap<string, Simulator>): Readonly<Record<string, string>> {
  return Object.fromEntries([...simulators].map(([id, simulator]) => [id, simulator.url]))
}

/** Services whose addresses come from the same variable share a simulator, because they have the same address. */
function simulatorGroups(
  model: Model,
  plan: Plan,
): readonly { readonly id: readonly string[]; readonly services: SimulatedService[] }[] {
  const groups = new Map<string, { id: string[]; services: SimulatedService[] }>()
  const urls = new Map(
    plan.clients.flatMap((client) => client.services.map(({ id, service }) => [id, service.url] as const)),
  )
  for (const [id, url] of urls) {
    const [first] = url
    const name = first === undefined ? null : onlyReference(first)
    const service =
      model.services.find((one) => one.id === id) ?? model.services.find((one) => id.startsWith(`${one.id}-`))
    if (service === undefined) continue
    const group = groups.get(name ?? id) ?? { id: [], services: [] }
    group.id.push(id)
    if (!group.services.some((one) => one.model === service)) group.services.push(simulated(service))
    groups.set(name ?? id, group)
  }
  return [...groups.values()]
}

function simulated(model: ServiceModel): SimulatedService {
  const { schemas, document, keys } = planOffer(model)
  return { model, keys, schemas: readContract(document(), schemas.linear).schemas }
}

/** Scopes that gateways request for their own tokens. */
function credentialScopes(plan: Plan): readonly string[] {
  return plan.clients.flatMap(({ services }) =>
    services.flatMap(({ service }) =>
      Object.values(service.credentials).flatMap((one) =>
        one.kind === 'client' || one.kind === 'exchange' ? one.scopes : [],
      ),
    ),
  )
}

function rolesClaims(plan: Plan): readonly (readonly string[])[] {
  const paths = plan.clients.flatMap(({ client }) =>
    Object.values(client.authenticators).flatMap((authenticator) =>
      authenticator.kind === 'jwt' ? authenticator.issuers.flatMap(({ roles }) => (roles === null ? [] : [roles])) : [],
    ),
  )
  return [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()]
}

function runningClient(
  client: ClientPlan,
  url: string,
  environment: Environment,
  provider: IdentityProvider,
): RunningClient {
  const jwt = Object.values(client.client.authenticators).find((one) => one.kind === 'jwt')
  const issuer = jwt?.kind === 'jwt' ? jwt.issuers[0] : undefined
  const texts = (settings: readonly EnvText[] = []): readonly string[] =>
    settings.map((setting) => settled(setting, environment.variables))
  const audience = issuer?.audience === null ? null : (texts(issuer?.audience)[0] ?? '')
  const [clientId] = texts(issuer?.clientIds)
  const scopesClaim = issuer?.scopes?.join('.') === 'scope' ? null : (issuer?.scopes ?? null)
  return {
    id: client.id,
    url,
    environment,
    credential: async (user, scopes) => {
      if (jwt === undefined) {
        const key = environment.keys.find((one) => one.user === user.name)
        return key === undefined ? '' : `${key.header}: ${key.key}`
      }
      const token = await provider.token({
        user: user.name,
        audience,
        ...(clientId === undefined ? {} : { client: clientId }),
        ...(scopesClaim === null ? {} : { scopesClaim }),
        ...(scopes && { scopes }),
      })
      return `Authorization: Bearer ${token}`
    },
  }
}

/** A setting with its variables replaced, as the gateway reads it. */
function settled(setting: EnvText, variables: Readonly<Record<string, string>>): string {
  return resolveEnvText(setting, ({ name, fallback }) => variables[name] ?? fallback ?? '') ?? ''
}
