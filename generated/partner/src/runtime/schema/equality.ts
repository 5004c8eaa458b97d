import { canonicalNumber, isArray, JsonNumber, type JsonObject, type JsonValue, work } from '../json/index.ts'

/** Steps for a value within an array or object, for listing and sorting a member, and for each item of a list that is compared (rule P15). */
const stepsOf = { value: 10, member: 30, item: 3 } as const

/**
 * A text that is the same for two values exactly when JSON Schema defines them as equal: order of members and notation of numbers
 * are ignored.
 */
export function canonical(value: JsonValue): string {
  work.spend(stepsOf.value)
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' || value instanceof JsonNumber) return canonicalNumber(value)
  if (typeof value !== 'object' || value === null) return String(value)
  return isArray(value) ? `[${value.map(canonical).join(',')}]` : canonicalObject(value)
}

function canonicalObject(value: JsonObject): string {
  const entries = Object.entries(value)
  work.spend(entries.length * stepsOf.member)
  const members = entries.map(([name, of]) => `${quoted(name)}:${canonical(of)}`)
  return `{${members.sort().join(',')}}`
}

function quoted(text: string): string {
  if (text.length > 64) work.spend(text.length >> 3)
  return JSON.stringify(text)
}

/** Whether no two items are equal; linear in the size of the array. Texts, numbers and other values are kept apart. */
export function areUnique(items: readonly JsonValue[]): boolean {
  work.spend(items.length * stepsOf.item)
  const scalars = new Set<JsonValue>()
  const others = new Set<string>()
  for (const item of items) {
    const plain = typeof item !== 'object' || item === null
    const seen: Set<JsonValue> = plain ? scalars : others
    const key = plain ? item : canonical(item)
    if (seen.has(key)) return false
    seen.add(key)
  }
  return true
}
