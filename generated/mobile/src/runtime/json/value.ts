/** A JSON value in memory. Numbers whose digits a double cannot hold are kept as their text. */
export type JsonValue = null | boolean | number | string | JsonNumber | readonly JsonValue[] | JsonObject

export interface JsonObject {
  readonly [name: string]: JsonValue
}

/** A number whose digits a double would lose, as it was written: `9007199254740993`, `1e400`. */
export class JsonNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** The own member of that name. `undefined`: there is none, because JSON has no `undefined`. */
export function member(value: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined
}

/** Whether this is a JSON object: not null, not an array, not a number kept as text. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
}

/** `Array.isArray` as a type guard for read-only arrays. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
