import { isList, isObject, type JsonObject, type JsonValue } from '../../../support/index.ts'

/** Keywords that may refuse `null`, and are not looked into. */
const opaque = ['$ref', '$dynamicRef', 'not', 'if', 'const']

/** Whether `null` certainly fits a schema of JSON Schema 2020-12. References are not followed. */
export function takesNull(schema: JsonValue | undefined): boolean {
  if (!isObject(schema)) return schema === true
  if (opaque.some((keyword) => Object.hasOwn(schema, keyword))) return false
  const every = (keyword: string): boolean => parts(schema, keyword)?.every(takesNull) ?? true
  const some = (keyword: string): boolean => parts(schema, keyword)?.some(takesNull) ?? true
  const alternatives = parts(schema, 'oneOf')
  return (
    includesNull(schema['type'], 'null') &&
    includesNull(schema['enum'], null) &&
    every('allOf') &&
    some('anyOf') &&
    (alternatives === null || alternatives.filter((one) => !refusesNull(one)).length === 1) &&
    some('oneOf')
  )
}

/** Whether the `type` of a schema does not include `null`. */
function refusesNull(schema: JsonValue): boolean {
  return isObject(schema) && !includesNull(schema['type'], 'null')
}

function includesNull(written: JsonValue | undefined, name: JsonValue): boolean {
  return written === undefined || written === name || (isList(written) && written.includes(name))
}

function parts(schema: JsonObject, keyword: string): readonly JsonValue[] | null {
  const written = schema[keyword]
  return isList(written) ? written : null
}
