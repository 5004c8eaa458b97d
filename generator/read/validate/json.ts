import { isList, isObject, type JsonValue } from '../../support/index.ts'

export { isList, isObject } from '../../support/index.ts'

export function textsOf(value: JsonValue | undefined): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Whether a value has a `type` of JSON Schema. */
export function hasType(value: JsonValue, type: string): boolean {
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return isList(value)
    case 'integer':
      return Number.isInteger(value)
    case 'null':
      return value === null
    default:
      return typeof value === type
  }
}
