import { ownPathsBelow } from '../../../templates/runtime/words/ownPaths.ts'
import { type Code, code, count, joined, markdown, prose } from '../../code/index.ts'
import type { ClientPlan, RoutePlan, VariableRow } from '../../plan/types.ts'
import { routeCode } from './access.ts'

export type ReadmeView = {
  readonly title: Code
  readonly client: Code
  readonly image: Code
  readonly live: Code
  readonly ready: Code
  /** What clients see before the paths of the routes. */
  readonly basePath: Code | null
  readonly routeCount: Code
  readonly serviceCount: Code
  readonly routes: readonly {
    readonly route: Code
    readonly summary: Code | null
    readonly deprecated: boolean
    readonly who: Code
    readonly target: Code
  }[]
  readonly services: readonly { readonly id: Code; readonly title: Code }[]
  readonly variables: readonly {
    readonly name: Code
    readonly required: boolean
    readonly fallback: Code | null
    readonly usedBy: Code
  }[]
}

export function readmeView(plan: ClientPlan): ReadmeView {
  const { basePath, ownPath } = plan.client
  const { live, ready } = ownPathsBelow(ownPath)
  const who = new Map(plan.access.map((row) => [row.id, row.who]))
  return {
    title: markdown(`${plan.gateway}: ${plan.title}`),
    client: code(plan.id),
    image: markdown(`${plan.gateway}-${plan.id}`),
    live: code(live),
    ready: code(ready),
    basePath: basePath === null ? null : code(basePath),
    routeCount: count(plan.routes.length, 'route', 'routes'),
    serviceCount: count(plan.services.length, 'service', 'services'),
    routes: plan.routes.map((route) => routeRow(route, who.get(route.route.id) ?? '')),
    services: plan.services.map((service) => ({ id: code(service.id), title: markdown(service.title) })),
    variables: plan.variables.map(variableRow),
  }
}

function routeRow({ route, summary, deprecated }: RoutePlan, who: string): ReadmeView['routes'][number] {
  return {
    route: routeCode(route),
    summary: summary === null ? null : prose(summary),
    deprecated,
    who: prose(who),
    target: joined([code(route.action.service), code(`${route.action.method} ${route.action.path}`)], ' '),
  }
}

function variableRow(row: VariableRow): ReadmeView['variables'][number] {
  return {
    name: code(row.name),
    required: row.fallback === null,
    fallback: row.fallback === null ? null : code(row.fallback),
    usedBy: joined(row.usedBy.map(code), ', '),
  }
}
