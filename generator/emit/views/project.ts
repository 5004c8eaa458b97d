import { ownPathsBelow } from '../../../templates/runtime/words/ownPaths.ts'
import { type Code, json, literal } from '../../code/index.ts'
import type { ClientPlan } from '../../plan/types.ts'
import { dependencies, devDependencies } from '../dependencies.ts'

export type PackageView = {
  readonly name: Code
  readonly description: Code
  readonly engines: Code
  readonly dependencies: Code
  readonly devDependencies: Code
}

export const engines = { node: '>=20.19' } as const

export function projectName(plan: ClientPlan): string {
  return `${plan.gateway}-${plan.id}`
}

export function packageView(plan: ClientPlan): PackageView {
  return {
    name: json(projectName(plan)),
    description: json(`The gateway of ${plan.gateway} for the client ${plan.id}.`),
    engines: json(engines, 2),
    dependencies: json(dependencies, 2),
    devDependencies: json(devDependencies, 2),
  }
}

export type DockerfileView = {
  /** The path of the liveness probe, as a literal. */
  readonly live: Code
}

export function dockerfileView({ client }: ClientPlan): DockerfileView {
  return { live: literal(ownPathsBelow(client.ownPath).live) }
}
