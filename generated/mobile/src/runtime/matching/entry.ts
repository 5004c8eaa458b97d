import { segmentsOf, splitSegment } from '../words/pathTemplates.ts'
import type { Entry } from './matcher.ts'
import { compileReserved, type ReservedTest } from './reserved.ts'

/** The parts of a route that decide which requests it takes. */
export interface Matched {
  readonly method: string
  readonly action: { readonly path: string; readonly reserved?: readonly string[] }
}

/**
 * The entry of a route for a matcher of paths such as `path`, without those that the route may not make its service's path of.
 * The test is compiled on its first use: a large gateway starts as fast as a small one.
 */
export function entryOf<T>({ method, action }: Matched, value: T, path: string): Entry<T> {
  const { reserved } = action
  if (reserved === undefined) return { method, path, value }
  let test: ReservedTest<readonly string[]> | null | undefined
  const refuses = (raw: readonly string[]): boolean => {
    if (test === undefined) {
      const names = segmentsOf(path).flatMap((segment) => splitSegment(segment).names)
      test = compileReserved(action.path, reserved, (name) => {
        const at = names.indexOf(name)
        return at < 0 ? null : (values) => values[at]
      })
    }
    return test?.(raw) ?? false
  }
  return { method, path, value, refuses }
}
