import { parametersOf } from '../draft/routes/path.ts'
import type { RouteDraft } from '../draft/types.ts'

/** Names of path parameters: in the exposed path, of the operation, and bound. */
interface PathParameters {
  readonly exposed: readonly string[]
  readonly declared: readonly string[]
  readonly bound: readonly string[]
}

/** `null` if the `path:` is malformed or written for several operations, which other checks report. */
export function pathParametersOf(route: RouteDraft): PathParameters | null {
  if (route.path.fault !== null || isShared(route)) return null
  return {
    exposed: parametersOf(route.path.segments),
    declared: parametersOf(route.operation.path.segments),
    bound: route.request.bind.filter((bind) => bind.in === 'path').map(({ name }) => name),
  }
}

/** Whether the route's `path:` was written for several operations. */
export function isShared({ options }: RouteDraft): boolean {
  return (options.path?.layer.reach ?? 0) > 1
}
