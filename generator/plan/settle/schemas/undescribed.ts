import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { isList, isObject, isText } from './values.ts'

const ofLists = ['items', 'prefixItems', 'unevaluatedItems']
const ofObjects = ['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties']

/** Keywords beside which other schemas decide which values there are. */
const deciding = ['$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'enum', 'const']

/**
 * Where a schema describes values of another type than it admits, or than its values have: `items` without `type`, which
 * says nothing about an object, or beside `type: object`. Members without `type` are usual, and only reported if an
 * example is a list. `null`: nothing was found.
 */
export function undescribedBy(schema: JsonObject): { readonly keyword: string; readonly message: string } | null {
  const list = ofLists.find((keyword) => says(schema, keyword))
  const object = ofObjects.find((keyword) => says(schema, keyword))
  const { type } = schema
  if (type !== undefined) {
    const types = isList(type) ? type : [type]
    const admits = types
      .filter(isText)
      .map((one) => `\`${one}\``)
      .join(' or ')
    if (list !== undefined && !types.includes('array'))
      return { keyword: list, message: `\`${list}\` describes lists, but \`type\` admits only ${admits}.` }
    if (object !== undefined && !types.includes('object'))
      return { keyword: object, message: `\`${object}\` describes objects, but \`type\` admits only ${admits}.` }
    return null
  }
  if ((list === undefined) === (object === undefined)) return null
  if (deciding.some((keyword) => Object.hasOwn(schema, keyword))) return null
  if (list !== undefined) {
    const message = `\`${list}\` without \`type\` describes lists only: values of other types pass as they are.`
    return { keyword: list, message }
  }
  if (object === undefined || !examplesOf(schema).some(isList)) return null
  const message = `\`${object}\` without \`type\` describes objects only, but an example is a list: lists pass as they are.`
  return { keyword: object, message }
}

/** Whether a keyword describes anything: `additionalProperties: false` beside a text does no harm. */
function says(schema: JsonObject, keyword: string): boolean {
  const value = schema[keyword]
  return keyword === 'prefixItems' ? isList(value) : isObject(value) && Object.keys(value).length > 0
}

function examplesOf({ example, examples, default: usual }: JsonObject): readonly (JsonValue | undefined)[] {
  return [example, usual, ...(isList(examples) ? examples : [])]
}
