import { canonicalNumber, isArray, JsonNumber, type JsonObject, type JsonValue } from '../json/index.ts'

/**
 * A text that is the same for two values exactly when JSON Schema defines them as equal: order of members and notation of numbers
 * are ignored.
 */
export function canonical(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' || value instanceof JsonNumber) return canonicalNumber(value)
  if (typeof value !== 'object' || value === null) return String(value)
  return isArray(value) ? `[${value.map(canonical).join(',')}]` : canonicalObject(value)
}

function canonicalObject(value: JsonObject): string {
  const members = Object.entries(value).map(([name, of]) => `${JSON.stringify(name)}:${canonical(of)}`)
  return `{${members.sort().join(',')}}`
}

/** Whether no two items are equal; linear in the size of the array. */
export function areUnique(items: readonly JsonValue[]): boolean {
  const seen = new Set<string>()
  for (const item of items) {
    const text = canonical(item)
    if (seen.has(text)) return false
    seen.add(text)
  }
  return true
}
