import type { Model, ServiceModel } from '../model/types.ts'
import { planOffer } from '../plan/index.ts'
import type { Plan } from '../plan/types.ts'
import { onlyReference } from './environment.ts'
import { readContract } from './published.ts'
import { modelOf } from './serviceModel.ts'
import type { SimulatedService } from './types.ts'

/** Services whose addresses come from the same variable share a simulator, because they have the same address. */
export function simulatorGroups(
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
    const service = modelOf(model, id)
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
