import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { isList } from '../../../support/index.ts'

export { type Draft, isList, isObject, put } from '../../../support/index.ts'

export function isNumber(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

export function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string'
}

/** The items of a list; of another value none. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : []
}

/** The own member or `undefined`: names in a spec may be `constructor` or `toString`. */
export function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
