import type { Model } from '../model/types.ts'
import { type Diagnostics, sortedBy } from '../support/index.ts'
import { runChecks } from './checks/index.ts'
import { draftClient, prepareServices } from './draft/client.ts'
import { planClient } from './settle/client.ts'
import { planServices } from './settle/services/planServices.ts'
import { reportUnfit, reportUnserved } from './settle/unserved.ts'
import type { Plan, PlanOptions } from './types.ts'

export { type Offer, planOffer } from './settle/offer.ts'

/**
 * Decides everything: per client the routes, who may call them, what they send and let through. Reports what cannot be decided or
 * must not be; with an error there is no plan.
 */
export function plan(model: Model, options: PlanOptions, diagnostics: Diagnostics): Plan | null {
  const services = prepareServices(model)
  const drafts = sortedBy(model.manifest.clients, ({ id }) => id).map((client) => draftClient(client, model, services))
  runChecks(drafts, model, diagnostics)
  const decided = drafts.map((draft) => {
    const unserved = reportUnserved(draft, options.skipUnsupported, diagnostics)
    const { services, unfit } = planServices(draft.routes, options.skipUnsupported, diagnostics)
    return {
      draft: { ...draft, routes: draft.routes.filter((route) => !unfit.has(route)) },
      skipped: [...unserved, ...reportUnfit(draft, unfit, diagnostics)],
      services,
    }
  })
  if (diagnostics.hasErrors) return null
  return { clients: decided.map(({ draft, services, skipped }) => planClient(draft, services, skipped)) }
}
