import { isArray, JsonNumber, type JsonValue, stringifyJson } from '../../templates/runtime/json/index.ts'

/** JSON text of a sampled value, with all digits of its numbers; what JSON does not have is left out, or `null` in a list. */
export function jsonText(value: unknown): string {
  return stringifyJson(plain(value)) ?? 'null'
}

/** A value as it is after it has been written and read again: where recursion was cut off, holes become `null` or nothing. */
export function plain(value: unknown): JsonValue {
  if (typeof value === 'bigint') return new JsonNumber(String(value))
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof JsonNumber) return value
  if (typeof value !== 'object') return null
  // Not its own `map`: a list that was sampled may have a member `constructor`.
  if (isArray(value as JsonValue)) return Array.from(value as readonly unknown[], plain)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]))
}
