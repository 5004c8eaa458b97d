import { isArray, JsonNumber, type JsonValue, stringifyJson } from '../../templates/runtime/json/index.ts'

/**
 * JSON text of a sampled value, with all digits of its numbers. Values that JSON does not have are left out, or `null`
 * in a list.
 */
export function jsonText(value: unknown): string {
  return stringifyJson(plain(value)) ?? 'null'
}

/**
 * A value as it would be after serialising and parsing. Where recursion was cut off, `undefined` becomes `null` or is
 * left out.
 */
export function plain(value: unknown): JsonValue {
  if (typeof value === 'bigint') return new JsonNumber(String(value))
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof JsonNumber) return value
  if (typeof value !== 'object') return null
  // Not `value.map`: a sampled list may have its own member `constructor`.
  if (isArray(value as JsonValue)) return Array.from(value as readonly unknown[], plain)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]))
}
