import { join } from 'node:path'
import type { Model } from '../model/index.ts'
import type { ClientPlan, Plan } from '../plan/types.ts'
import type { Answer } from './answers.ts'
import { buildGateway } from './build.ts'
import { type Demands, demandsOf } from './demands.ts'
import { createSecrets, developmentClient, developmentEnvironment, type Surroundings } from './environment.ts'
import { type FrontEnd, frontEndsOf } from './frontEnds.ts'
import { type GatewayProcess, startGateway } from './gateway.ts'
import { type IdentityProvider, startIdentityProvider, tools } from './identity.ts'
import { needsOf } from './needs.ts'
import { type RunningClient, runningClient, tokenShape } from './runningClient.ts'
import { type ReceivedRequest, type Simulator, startSimulator } from './simulator.ts'
import { simulatorGroups } from './simulatorGroups.ts'
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
  /** Whether simulated answers get a member that no document declares. Default: no. */
  readonly undeclared?: boolean
  /** The style sheet of the sign-in page. Default: none. */
  readonly style?: string
  readonly onRequest?: (request: ReceivedRequest) => void
  readonly onAnswer?: (request: ReceivedRequest, answer: Answer) => void
  /** A line of a gateway's log (JSON). */
  readonly onLog?: (client: string, line: string) => void
  /** Called if a gateway process ends unexpectedly. */
  readonly onEnd?: (client: string, code: number | null) => void
}

/** A whole system on one machine: simulated services, an identity provider, and the gateways as processes. */
export interface System {
  /** Of the development identity provider; `null`: no gateway needs it, and it does not run. */
  readonly issuer: string | null
  readonly identity: IdentityProvider | null
  readonly users: readonly DevelopmentUser[]
  readonly clients: readonly RunningClient[]
  /** Address of the simulator of each service that is not a real one. */
  readonly simulators: Readonly<Record<string, string>>
  /** Switches to other documents: simulators use them at once, the gateways in `changed` are built and restarted. */
  update(model: Model, plan: Plan, changed: ReadonlySet<string>): Promise<void>
  close(): Promise<void>
}

/** Starts a system. If a part cannot start, the others are stopped. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { plan, env: shell } = options
  const demands = demandsOf(plan)
  const needs = needsOf(plan, shell)
  const users = developmentUsers(demands)
  const secrets = createSecrets()
  const running = new Map<string, { client: RunningClient; gateway: GatewayProcess }>()
  const simulators = new Map<string, Simulator>()
  const known: Omit<Surroundings, 'issuer' | 'simulators'> = { shell, users, secrets }
  let frontEnds = frontEndsFor(plan, known)
  let identity: IdentityProvider | null = null
  let closing = false

  const close = async (): Promise<void> => {
    closing = true
    await Promise.all([...running.values()].map(({ gateway }) => gateway.stop()))
    await Promise.all([...simulators.values()].map((simulator) => simulator.close()))
    await identity?.close()
  }

  const startClient = async (client: ClientPlan, port: number): Promise<void> => {
    const folder = join(options.out, client.id)
    await buildGateway(folder)
    const environment = developmentEnvironment(client, {
      ...known,
      issuer: identity?.issuer ?? null,
      simulators: addresses(simulators),
    })
    const path = shell['PATH']
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
    const frontEnd = frontEnds.get(client.id) ?? null
    running.set(client.id, {
      gateway,
      client: runningClient({ client, url: gateway.url, environment, shell, provider: identity, frontEnd }),
    })
  }

  try {
    for (const { id, services } of simulatorGroups(options.model, plan)) {
      const simulated = id.filter((service) => needs.services.has(service))
      if (simulated.length === 0) continue
      const simulator = await startSimulator({ ...options, port: 0, services })
      for (const service of simulated) simulators.set(service, simulator)
    }
    if (needs.identity) identity = await startProvider(options, users, demands, () => [...frontEnds.values()])
    for (const [index, client] of plan.clients.entries()) {
      await startClient(client, options.port === 0 ? 0 : options.port + index)
    }
    return {
      issuer: identity?.issuer ?? null,
      identity,
      users,
      get clients() {
        return [...running.values()].map(({ client }) => client)
      },
      simulators: addresses(simulators),
      update: async (model, next, changed) => {
        for (const { id, services } of simulatorGroups(model, next)) {
          for (const service of id) simulators.get(service)?.replace(services)
        }
        frontEnds = frontEndsFor(next, known)
        for (const client of next.clients.filter(({ id }) => changed.has(id))) {
          const before = running.get(client.id)
          const port = before === undefined ? 0 : Number(new URL(before.client.url).port)
          running.delete(client.id)
          await before?.gateway.stop()
          await startClient(client, port)
        }
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The client id of each gateway that takes tokens. */
function frontEndsFor(
  { clients }: Plan,
  known: Omit<Surroundings, 'issuer' | 'simulators'>,
): ReadonlyMap<string, FrontEnd> {
  const gateways = clients.flatMap((client) => {
    const { variables } = developmentEnvironment(client, { ...known, issuer: null, simulators: {} })
    const shape = tokenShape(client, variables)
    return shape === null ? [] : [{ id: client.id, shape }]
  })
  return frontEndsOf(gateways, [developmentClient.id, tools])
}

function startProvider(
  { plan, identityPort, style }: SystemOptions,
  users: readonly DevelopmentUser[],
  { scopes }: Demands,
  frontEnds: () => readonly FrontEnd[],
): Promise<IdentityProvider> {
  return startIdentityProvider({
    port: identityPort,
    users,
    clients: [developmentClient],
    frontEnds,
    ...(style === undefined ? {} : { style }),
    scopes: [...new Set([...scopes, ...credentialScopes(plan)])],
    rolesClaims: rolesClaims(plan),
  })
}

function addresses(simulators: ReadonlyMap<string, Simulator>): Readonly<Record<string, string>> {
  return Object.fromEntries([...simulators].map(([id, simulator]) => [id, simulator.url]))
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
