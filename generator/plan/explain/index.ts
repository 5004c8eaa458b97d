import type { Model } from '../../model/types.ts'
import { draftClient, prepareServices } from '../draft/client.ts'
import type { ClientPlan, RoutePlan } from '../types.ts'
import { type TraceLine, traceOf } from './trace.ts'

export type { TraceLine } from './trace.ts'

/**
 * The pipeline of each of these routes of a client, top to bottom, with the origin of each line. `model`: what the client was planned
 * from. The client is drafted again, because a plan does not keep origins.
 */
export function explain(
  model: Model,
  client: ClientPlan,
  routes: readonly RoutePlan[],
): ReadonlyMap<RoutePlan, readonly TraceLine[]> {
  const manifest = model.manifest.clients.find(({ id }) => id === client.id)
  if (manifest === undefined) throw new Error(`The model has no client ${client.id}.`)
  const draft = draftClient(manifest, model, prepareServices(model))
  const drafts = new Map(draft.routes.map((route) => [route.id, route]))
  return new Map(
    routes.flatMap((plan) => {
      const { route } = plan
      const drafted = drafts.get(route.id)
      const service = client.services.find(({ id }) => id === route.action.service)
      return drafted === undefined || service === undefined
        ? []
        : [[plan, traceOf(drafted, route, draft, service.service)]]
    }),
  )
}
