import { type Code, comment, member } from '../../code/index.ts'
import type { ClientPlan } from '../../plan/types.ts'

export type ServicesView = {
  readonly none: boolean
  readonly services: readonly { readonly title: Code; readonly service: Code }[]
}

export function servicesView(client: ClientPlan): ServicesView {
  return {
    none: client.services.length === 0,
    services: client.services.map((plan) => ({
      title: comment(plan.title),
      service: member(plan.id, plan.service, 2),
    })),
  }
}
