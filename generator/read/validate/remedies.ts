import { stringify } from 'yaml'
import { isObject, type JsonObject, type JsonValue } from '../../support/index.ts'
import { isList } from './json.ts'
import { branchesOf, resolveSchema } from './schema.ts'

/** The longest value that is shown in one line, in characters. */
const widest = 100

/** A member of a map as the manifest writes it, in one line if it fits; each line begins with four spaces. */
export function written(name: string, value: JsonValue): string {
  const line = `${scalar(name)}: ${isObject(value) || isList(value) ? flow(value) : stringify(value, options).trim()}`
  const isDeep =
    isObject(value) && Object.values(value).some((one) => isObject(one) && Object.values(one).some(isObject))
  const text = line.length <= widest && !isDeep ? line : stringify({ [name]: value }, options).trim()
  return text.replace(/^/gm, '    ')
}

/** The most values of a user's map or list that a remedy shows, and the most characters of one. */
const most = { values: 40, characters: 200 } as const

const secret = /secret|password|pepper|^keys?$|^value$/i

/**
 * Whether a value of the user may be shown as `name`: it is short, and has no literal text where a secret belongs, which other
 * messages keep to themselves.
 */
export function isShowable(name: string, value: JsonValue): boolean {
  let left = most.values
  const isFine = (of: string, one: JsonValue): boolean => {
    left -= 1
    if (left < 0) return false
    if (isList(one)) return one.every((item) => isFine(of, item))
    if (isObject(one)) return Object.entries(one).every(([member, inner]) => isFine(member, inner))
    const text = String(one)
    return text.length <= most.characters && (!secret.test(of) || text.includes('${'))
  }
  return isFine(name, value)
}

const options = { lineWidth: 0, singleQuote: true } as const

/** A value in one line, within braces or brackets. */
function flow(value: JsonValue): string {
  if (isList(value)) return `[${value.map(flow).join(', ')}]`
  if (!isObject(value)) return scalar(value)
  const members = Object.entries(value).map(([name, one]) => `${scalar(name)}: ${flow(one)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** A plain value, quoted where it must be within braces or brackets. */
function scalar(value: JsonValue): string {
  return stringify([value], { ...options, collectionStyle: 'flow' })
    .trim()
    .slice(2, -2)
}

/** What to write instead of a wrong value: the value corrected, else an example of its schema; `null`: neither is known. */
export function remedyFor(
  path: readonly string[],
  found: JsonValue | undefined,
  schema: JsonObject,
  root: JsonObject,
  isValid: (value: JsonValue) => boolean,
): string | null {
  const [name, outer] = [path.at(-1), path.at(-2)]
  if (name === undefined) return null
  const meant =
    found === undefined
      ? undefined
      : corrections(found, schema, root).find((one) => isShowable(name, one) && isValid(one))
  const value = meant ?? exampleOf(schema, root)
  if (value === undefined) return null
  const text = /^[0-9]+$/.test(name)
    ? outer === undefined
      ? written('-', value)
      : written(outer, [value])
    : written(name, value) +
      (typeof found === 'number' && typeof meant === 'string' ? `   # ${found} ${unitOf(found, meant)}` : '')
  return `${meant === undefined ? 'For example' : 'Write'}\n${text}`
}

/** The example of a property, or that of what it refers to. */
export function exampleOf(schema: JsonObject, root: JsonObject): JsonValue | undefined {
  const { examples } = 'examples' in schema ? schema : resolveSchema(schema, root)
  return isList(examples) ? examples[0] : undefined
}

const units: readonly (readonly [RegExp, string])[] = [
  [/^(?:ms|msecs?|milliseconds?)$/i, 'ms'],
  [/^(?:s|secs?|seconds?)$/i, 's'],
  [/^(?:m|mins?|minutes?)$/i, 'm'],
  [/^(?:h|hrs?|hours?)$/i, 'h'],
  [/^(?:d|days?)$/i, 'd'],
  [/^(?:b|bytes?)$/i, 'B'],
  [/^kb?$/i, 'KB'],
  [/^mb?$/i, 'MB'],
  [/^gb?$/i, 'GB'],
  [/^kib$/i, 'KiB'],
  [/^mib$/i, 'MiB'],
  [/^gib$/i, 'GiB'],
]

/** The unit that a number without one was taken to have. */
function unitOf(found: number, meant: string): string {
  if (meant.endsWith('B')) return 'bytes'
  return meant === `${found}s` ? 'seconds' : 'milliseconds'
}

/** Values that may be meant by a wrong one, the most likely first. They may be wrong, too. */
function corrections(found: JsonValue, schema: JsonObject, root: JsonObject): readonly JsonValue[] {
  const resolved = resolveSchema(schema, root)
  const { anyOf, oneOf } = resolved
  const alternatives = isList(anyOf) ? anyOf : isList(oneOf) && resolved['type'] === undefined ? oneOf : null
  const branches = alternatives === null ? [resolved] : branchesOf(alternatives, root)
  return branches.flatMap((branch) => {
    if ('const' in branch) return [branch['const'] as JsonValue]
    switch (branch['type']) {
      case 'array':
        return isList(found) ? [] : [[found]]
      case 'object':
        return mapsFrom(found, branch, root)
      case 'integer':
        return typeof found === 'string' ? [Number(found)] : []
      case 'boolean':
        return /^(?:true|yes|on)$/i.test(String(found))
          ? [true]
          : /^(?:false|no|off)$/i.test(String(found))
            ? [false]
            : []
      case 'string':
        return textsFrom(found)
      default:
        return []
    }
  })
}

function textsFrom(found: JsonValue): readonly JsonValue[] {
  if (typeof found === 'number') {
    // Milliseconds, as other configurations count them, then seconds and bytes.
    const round = [[1_000_000, 'MB'] as const, [1_000, 'KB'] as const].filter(([size]) => found % size === 0)
    const milliseconds = found % 1_000 === 0 ? `${found / 1_000}s` : `${found}ms`
    return [
      found >= 100 ? milliseconds : `${found}s`,
      `${found}s`,
      ...round.map(([size, unit]) => `${found / size}${unit}`),
      `${found}B`,
    ]
  }
  if (typeof found !== 'string') return []
  const [, amount, unit = ''] = /^\s*([0-9]+)\s*([a-z]+)\s*$/i.exec(found) ?? []
  const known =
    amount === undefined ? [] : units.filter(([pattern]) => pattern.test(unit)).map(([, one]) => amount + one)
  return [...known, `/${found}`, `$principal.${found}`, idFrom(found)]
}

/** A text as an id: lower-case letters, digits and hyphens. */
export function idFrom(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
}

/** Maps that a list, or a text in place of a map, may stand for. */
function mapsFrom(found: JsonValue, schema: JsonObject, root: JsonObject): readonly JsonValue[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  if (typeof found === 'string') {
    const property = properties[found]
    const example = isObject(property) ? exampleOf(property, root) : undefined
    const constant = isObject(property) ? property['const'] : undefined
    const [first = '', ...others] = isList(schema['required']) ? schema['required'].map(String) : []
    const filled = others.map((name) => [name, exampleOf(asObject(properties[name]), root) ?? null] as const)
    return [
      ...(example === undefined && constant === undefined ? [] : [{ [found]: constant ?? example ?? null }]),
      ...(first === '' ? [] : [Object.fromEntries([[first, found], ...filled])]),
    ]
  }
  const isOpen = isObject(schema['additionalProperties'])
  if (!isOpen || !isList(found)) return []
  const entries = found.map((item): readonly (readonly [string, JsonValue])[] => {
    if (typeof item === 'string') return [[item, {}]]
    if (!isObject(item)) return []
    const { name, id, ...rest } = item
    const key = name ?? id
    return typeof key === 'string' ? [[key, rest]] : Object.entries(item)
  })
  return [Object.fromEntries(entries.flat())]
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
