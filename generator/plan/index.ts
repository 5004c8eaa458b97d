import type { Model } from '../model/types.ts'
import { type Diagnostics, type StageResult, sortedBy, whole } from '../support/index.ts'
import { runChecks } from './checks/index.ts'
import { draftClient, prepareServices } from './draft/client.ts'
import { planClient } from './settle/client.ts'
import { openAnswers } from './settle/open/report.ts'
import { planServices } from './settle/services/planServices.ts'
import { reportUnfit, reportUnserved } from './settle/unserved.ts'
import type { Plan, PlanOptions } from './types.ts'

export { asksForNone, declaresSecurity } from './draft/credentials.ts'
export { explain, type TraceLine } from './explain/index.ts'
export { schemaOf } from './explain/manifestSchema.ts'
export { type Offer, planOffer } from './settle/offer.ts'

/**
 * Plans each client: its routes, who may call them, and what requests and answers may contain. Reports all errors; returns `null`
 * if there is one, here or in an earlier stage.
 */
export function plan(
  { value: model, faulty }: StageResult<Model>,
  options: PlanOptions,
  diagnostics: Diagnostics,
): StageResult<Plan> | null {
  const services = prepareServices(model)
  const drafts = sortedBy(model.manifest.clients, ({ id }) => id).map((client) => draftClient(client, model, services))
  runChecks(drafts, model, faulty.length === 0, diagnostics)
  const decided = drafts.map((draft) => {
    const unserved = reportUnserved(draft, options.skipUnsupported, diagnostics)
    const { services, unfit } = planServices(draft.routes, options.skipUnsupported, diagnostics)
    return {
      draft: { ...draft, routes: draft.routes.filter((route) => !unfit.has(route)) },
      skipped: [...unserved, ...reportUnfit(draft, unfit, diagnostics)],
      services,
    }
  })
  for (const report of openAnswers(decided)) diagnostics.report(report)
  if (diagnostics.hasErrors) return null
  return whole({
    clients: decided.map(({ draft, services, skipped }) => planClient(draft, services, skipped)),
  })
}
