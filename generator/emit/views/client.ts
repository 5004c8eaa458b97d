import { type Code, literal } from '../../code/index.ts'
import type { ClientPlan } from '../../plan/types.ts'

export type ClientView = { readonly client: Code }

export function clientView(plan: ClientPlan): ClientView {
  return { client: literal(plan.client) }
}
