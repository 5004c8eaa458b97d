import { foldText } from './folding.ts'

/** The folded name of the member that a service may set by this name: many read `Role[0]` and `role.name` as `role`. */
export function foldTarget(name: string): string {
  const folded = foldText(name)
  const end = folded.search(/[.[]/)
  return end < 0 ? folded : folded.slice(0, end).trim()
}

/** The name before the first bracket. Many servers read `id[]` and `id[0]` as `id`, so these spellings must not set another field. */
export function baseName(name: string): string {
  const bracket = name.indexOf('[')
  return bracket < 0 ? name : name.slice(0, bracket)
}
