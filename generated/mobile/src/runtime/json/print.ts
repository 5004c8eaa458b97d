import { isArray, JsonNumber, type JsonObject, type JsonValue } from './value.ts'

/**
 * JSON text of a value; `null` when it is nested more deeply than the stack can follow. `exact` says whether numbers kept as text are
 * in it: only then does printing take the slower way.
 */
export function stringifyJson(value: JsonValue, exact = true): string | null {
  try {
    return exact ? print(value) : JSON.stringify(value)
  } catch (error) {
    // Both ways recurse: a nesting of some thousand levels ends the stack.
    if (error instanceof RangeError) return null
    throw error
  }
}

function print(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (value instanceof JsonNumber) return value.text
  return isArray(value) ? `[${value.map(print).join(',')}]` : printObject(value)
}

function printObject(value: JsonObject): string {
  let text = ''
  for (const [name, of] of Object.entries(value)) {
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${print(of)}`
  }
  return `{${text}}`
}
