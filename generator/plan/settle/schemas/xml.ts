import type { JsonValue } from '../../../read/types.ts'
import { isObject } from './values.ts'

/** An XML Object in the words of OpenAPI 3.1, in which contracts are written: of 3.2's `nodeType` it has only attributes. */
export function xmlOf(value: JsonValue): JsonValue | undefined {
  if (!isObject(value) || value['nodeType'] === undefined) return value
  const { nodeType, ...rest } = value
  const found = nodeType === 'attribute' ? { ...rest, attribute: true } : rest
  return Object.keys(found).length === 0 ? undefined : found
}
