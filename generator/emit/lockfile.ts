import type { ClientPlan } from '../plan/types.ts'
import { dependencies, devDependencies } from './dependencies.ts'
import { templateText } from './package.ts'
import { engines, projectName } from './views/project.ts'

/**
 * `package-lock.json` of a gateway, as npm would write it: the packages that the runtime is tested with, and those that they depend
 * on. They come from `templates/project/lock.json`, so that no registry is asked.
 */
export function lockfile(plan: ClientPlan): object {
  const name = projectName(plan)
  const version = '0.0.0'
  const own = { name, version, dependencies, devDependencies, engines }
  const packages: object = JSON.parse(templateText('project/lock.json'))
  return { name, version, lockfileVersion: 3, requires: true, packages: { '': own, ...packages } }
}
