import type { JsonObject, JsonValue } from '../../../read/types.ts'

export { isList, isObject } from '../../../support/index.ts'

/** An object under construction. */
export type Draft = { [name: string]: JsonValue }

export function isNumber(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

export function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string'
}

/** The own member or `undefined`: names in a spec may be `constructor` or `toString`. */
export function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Assigns a member, also `__proto__`, whose plain assignment would change the prototype. */
export function put(target: Draft, name: string, value: JsonValue): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  } else {
    target[name] = value
  }
}
