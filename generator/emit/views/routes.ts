import { type Code, comment, literal } from '../../code/index.ts'
import type { ClientPlan, RoutePlan } from '../../plan/types.ts'

export type RoutesView = {
  readonly none: boolean
  readonly routes: readonly { readonly origin: Code; readonly route: Code }[]
}

export function routesView(client: ClientPlan): RoutesView {
  return {
    none: client.routes.length === 0,
    routes: client.routes.map((plan) => ({
      origin: comment(originOf(plan)),
      route: literal(plan.written, 2),
    })),
  }
}

function originOf(plan: RoutePlan): string {
  return plan.deprecated ? `${plan.comment} (deprecated)` : plan.comment
}
