import type { JsonObject, JsonValue } from '../../../read/types.ts'

export { isList, isObject } from '../../../support/index.ts'

/** An object that is still being written. */
export type Draft = { [name: string]: JsonValue }

export function isNumber(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

export function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string'
}

/** Own member or `undefined`: names in a spec may be `constructor` or `toString`. */
export function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Assigns, also to `__proto__`, which by itself would change the prototype. */
export function put(target: Draft, name: string, value: JsonValue): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  } else {
    target[name] = value
  }
}
