import type { Access } from '../../../templates/runtime/vocabulary.ts'
import type { ClientPlan } from '../../plan/types.ts'
import { compareText } from '../../support/index.ts'
import type { RunningClient, SignIn } from '../runningClient.ts'
import { modelOf } from '../serviceModel.ts'
import type { DevelopmentUser } from '../users.ts'
import { gatewayOf, type Subject } from './subject.ts'

/** The JSON document with which the page starts. */
export interface Overview {
  readonly name: string
  /** Of the development identity provider; `null`: it does not run. */
  readonly issuer: string | null
  readonly gateways: readonly GatewayOverview[]
  readonly services: readonly ServiceOverview[]
  /** Empty if no gateway knows them. */
  readonly users: readonly DevelopmentUser[]
}

export interface GatewayOverview {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly signIn: SignIn
  /** Scopes that its routes ask for. */
  readonly scopes: readonly string[]
  readonly notes: readonly string[]
  readonly routes: readonly RouteOverview[]
}

export interface RouteOverview {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string | null
  readonly deprecated: boolean
  readonly access: Access['kind']
  /** The rule in words. */
  readonly who: string
  readonly service: string
}

export interface ServiceOverview {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly simulated: boolean
  readonly operations: number
}

export function overviewOf(subject: Subject): Overview {
  const { system, plan } = subject
  const gateways = system.clients
    .flatMap(({ id }) => gatewayOf(subject, id) ?? [])
    .map(({ running, planned }) => gatewayOverview(running, planned))
    .sort((a, b) => compareText(a.id, b.id))
  const isKnown = ({ signIn }: GatewayOverview): boolean => signIn.kind !== 'none' && signIn.provided
  return {
    name: plan.clients[0]?.gateway ?? '',
    issuer: system.issuer,
    gateways,
    services: servicesOf(subject),
    users: gateways.some(isKnown) ? system.users : [],
  }
}

function gatewayOverview({ id, url, signIn, environment }: RunningClient, planned: ClientPlan): GatewayOverview {
  const rows = new Map(planned.access.map((row) => [row.id, row]))
  const scopes = planned.routes.flatMap(({ route }) =>
    route.access.kind === 'principal' ? route.access.anyOf.flatMap((grant) => grant.scopes) : [],
  )
  return {
    id,
    title: planned.title,
    url,
    signIn,
    scopes: [...new Set(scopes)].sort(compareText),
    notes: environment.notes,
    routes: planned.routes.map(({ route, summary, deprecated }) => ({
      id: route.id,
      method: route.method,
      path: route.path,
      summary,
      deprecated,
      access: route.access.kind,
      who: rows.get(route.id)?.who ?? '',
      service: route.action.service,
    })),
  }
}

function servicesOf({ system, model, plan }: Subject): readonly ServiceOverview[] {
  const used = new Map<string, string>()
  for (const running of system.clients) {
    const planned = plan.clients.find(({ id }) => id === running.id)
    for (const { id, service } of planned?.services ?? []) {
      used.set(id, system.simulators[id] ?? running.address(service.url[0] ?? ''))
    }
  }
  return [...used]
    .map(([id, url]) => {
      const service = modelOf(model, id)
      return {
        id,
        title: service?.title ?? id,
        url,
        simulated: system.simulators[id] !== undefined,
        operations: service?.operations.length ?? 0,
      }
    })
    .sort((a, b) => compareText(a.id, b.id))
}
