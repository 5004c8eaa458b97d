import type { Client } from '../../../templates/runtime/vocabulary.ts'
import { type Code, literal } from '../../code/index.ts'
import type { ClientPlan } from '../../plan/types.ts'

export type ClientView = { readonly client: Code }

export function clientView(plan: ClientPlan): ClientView {
  return { client: literal(inOrder(plan.client)) }
}

function inOrder(client: Client): Client {
  const { gateway, name, authenticators, cors, publicHosts, trustedProxies, undeclaredQuery, maxBody } = client
  return { gateway, name, authenticators, cors, publicHosts, trustedProxies, undeclaredQuery, maxBody }
}
