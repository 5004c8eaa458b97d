import { isArray, JsonNumber, type JsonObject, type JsonValue } from './value.ts'

/**
 * JSON text of a value; `null` when its nesting overflows the stack. `exact`: whether it may contain numbers kept as text, which
 * need the slower printer.
 */
export function stringifyJson(value: JsonValue, exact = true): string | null {
  try {
    return exact ? print(value) : JSON.stringify(value)
  } catch (error) {
    // Both printers recurse: some thousand levels of nesting overflow the stack.
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
