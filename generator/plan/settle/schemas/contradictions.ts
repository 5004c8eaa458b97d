import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { isList, isNumber, isText } from './values.ts'

const bounds: readonly (readonly [string, string])[] = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minContains', 'maxContains'],
]

/** Why no value can be valid, judged by the schema's own keywords only; `null` if no contradiction was found. */
export function contradictionIn(schema: JsonObject): { readonly keyword: string; readonly message: string } | null {
  for (const [low, high] of bounds) {
    const from = schema[low]
    const to = schema[high]
    if (isNumber(from) && isNumber(to) && from > to) {
      return { keyword: low, message: `\`${low}\` ${from} is above \`${high}\` ${to}.` }
    }
  }
  const values = schema['enum']
  if (!isList(values)) return null
  if (values.length === 0) return { keyword: 'enum', message: 'An empty `enum` lists no value that would fit.' }
  const types = typesOf(schema['type'])
  if (types === null || values.some((value) => types.some((type) => isOf(type, value)))) return null
  return {
    keyword: 'enum',
    message: `No value of \`enum\` is of type ${types.map((type) => `\`${type}\``).join(' or ')}.`,
  }
}

function typesOf(type: JsonValue | undefined): readonly string[] | null {
  if (isText(type)) return [type]
  return isList(type) ? type.filter(isText) : null
}

function isOf(type: string, value: JsonValue): boolean {
  if (value === null) return type === 'null'
  if (isList(value)) return type === 'array'
  if (isNumber(value)) return type === 'number' || (type === 'integer' && Number.isInteger(Number(value)))
  return typeof value === type
}
