import type { JsonValue } from '../../../read/types.ts'
import { isObject } from './values.ts'

/**
 * An XML Object of OpenAPI 3.1, the version of contracts. Of the values of 3.2's `nodeType` only `attribute` has an
 * equivalent.
 */
export function xmlOf(value: JsonValue): JsonValue | undefined {
  if (!isObject(value) || value['nodeType'] === undefined) return value
  const { nodeType, ...rest } = value
  const found = nodeType === 'attribute' ? { ...rest, attribute: true } : rest
  return Object.keys(found).length === 0 ? undefined : found
}
