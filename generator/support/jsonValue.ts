/** A JSON value. `bigint`: an integer that a double would round, such as 9223372036854775807. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }
export type JsonObject = { readonly [name: string]: JsonValue }

/** An object under construction. */
export type Draft = { [name: string]: JsonValue }

/** Assigns a member, also `__proto__`, whose plain assignment would change the prototype. */
export function put(target: Draft, name: string, value: JsonValue): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  } else {
    target[name] = value
  }
}

/** Whether a value is an object and not a list. Of a union, it is narrowed to the members that are. */
export function isObject<T extends object | string | number | bigint | boolean | null | undefined>(
  value: T,
): value is Exclude<Extract<T, object>, readonly unknown[]>
export function isObject(value: unknown): value is Readonly<Record<string, unknown>>
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
