import { isMembers } from '../support/values.ts'

/** The value at a path of member names in a set of claims; `undefined` when any part is missing. Only own members count. */
export function claimAt(claims: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  let value: unknown = claims
  for (const name of path) {
    if (!isMembers(value) || !Object.hasOwn(value, name)) return undefined
    value = value[name]
  }
  return value
}

/**
 * An identifier of a claim as text, for comparison with text of a request; `undefined`: not an identifier.
 * An integer beyond the safe range is not one: `JSON.parse` has rounded it, so it would equal neighbouring ids.
 */
export function identifierText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return Number.isSafeInteger(value) ? String(value) : undefined
}

/** Whether a claim is this identifier, or a list with this identifier in it. */
export function isIdentifiedBy(claim: unknown, text: string): boolean {
  if (!Array.isArray(claim)) return identifierText(claim) === text
  return claim.some((member) => identifierText(member) === text)
}
