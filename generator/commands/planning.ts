import { model as createModel, type Model } from '../model/index.ts'
import { plan as createPlan } from '../plan/index.ts'
import type { Plan } from '../plan/types.ts'
import { read } from '../read/index.ts'
import { Diagnostics } from '../support/index.ts'

export interface Planned {
  readonly diagnostics: Diagnostics
  /** `null`: there was an error before. */
  readonly model: Model | null
  readonly plan: Plan | null
}

export interface PlanningOptions {
  readonly skipUnsupported: boolean
  /** The manifest's text, in place of what its file holds. */
  readonly text?: string
}

/** The stages that decide, without those that make files. */
export async function planGateways(manifest: string, { skipUnsupported, text }: PlanningOptions): Promise<Planned> {
  const diagnostics = new Diagnostics()
  const inputs = await read(manifest, text === undefined ? {} : { text }, diagnostics)
  if (inputs === null || diagnostics.hasErrors) return { diagnostics, model: null, plan: null }
  const model = createModel(inputs, diagnostics)
  if (model === null || diagnostics.hasErrors) return { diagnostics, model, plan: null }
  const plan = createPlan(model, { skipUnsupported }, diagnostics)
  return { diagnostics, model, plan: diagnostics.hasErrors ? null : plan }
}
