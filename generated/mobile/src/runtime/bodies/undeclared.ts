import { isArray, isObject, type JsonValue } from '../json/index.ts'
import { segment } from '../schema/index.ts'

/**
 * The pointer of the first member or item that a projection has left out. `after`: the projection of `before`, which it reuses
 * where nothing was left out.
 */
export function undeclaredIn(before: JsonValue, after: JsonValue | undefined): string {
  if (isObject(before) && isObject(after)) {
    for (const [name, of] of Object.entries(before)) {
      const kept = after[name]
      if (kept !== of) return `/${segment(name)}${undeclaredIn(of, kept)}`
    }
  }
  if (isArray(before) && isArray(after) && before.length === after.length) {
    const at = before.findIndex((item, index) => item !== after[index])
    return at < 0 ? '' : `/${at}${undeclaredIn(before[at] ?? null, after[at])}`
  }
  return ''
}
