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

/** A value that `enum` or `const` lists although the type of the schema excludes it. */
export interface Misfit {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Values of `enum` and `const` that can never fit, because of the schema's own `type`. */
export function misfitsIn(schema: JsonObject): readonly Misfit[] {
  const types = typesOf(schema['type'])
  if (types === null) return []
  const fits = (value: JsonValue): boolean => types.some((type) => isOf(type, value))
  const listed = schema['enum']
  const misfits = isList(listed)
    ? listed.flatMap((value, at) => (fits(value) ? [] : [{ path: ['enum', at], value }]))
    : []
  const { const: only } = schema
  if (only !== undefined && !fits(only)) misfits.push({ path: ['const'], value: only })
  const wanted = types.map((type) => `\`${type}\``).join(' or ')
  return misfits.map(({ path, value }) => ({
    path,
    message: `${shown(value)} in \`${path[0]}\` is ${kindOf(value)}. It can never fit, because \`type\` is ${wanted}.`,
  }))
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null'
  if (isList(value)) return 'a list'
  if (isNumber(value)) return 'a number'
  return isText(value) ? 'text' : typeof value === 'boolean' ? 'a boolean' : 'an object'
}

function shown(value: JsonValue): string {
  if (typeof value === 'object' && value !== null) return 'A value'
  return `\`${String(value).slice(0, 40)}\``
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
