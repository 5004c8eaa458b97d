import { type Code, json } from '../../code/index.ts'
import type { ClientPlan } from '../../plan/types.ts'
import { dependencies, devDependencies } from '../dependencies.ts'

export type PackageView = {
  readonly name: Code
  readonly description: Code
  readonly dependencies: Code
  readonly devDependencies: Code
}

export function packageView(plan: ClientPlan): PackageView {
  return {
    name: json(`${plan.gateway}-${plan.id}`),
    description: json(`The gateway of ${plan.gateway} for the client ${plan.id}.`),
    dependencies: json(dependencies, 2),
    devDependencies: json(devDependencies, 2),
  }
}
