import { headerUse } from '../../templates/runtime/words/headers.ts'
import type { JsonObject, JsonValue } from '../read/types.ts'
import { below, closest, didYouMean, type Origin } from '../support/index.ts'
import type { Faults } from './faults.ts'
import { examplesOf } from './media.ts'
import { parameterNames } from './path.ts'
import { isObject, namedIn, type Source, textOf } from './source.ts'
import { defaultStyle, stylesFor, undefinedStyle } from './styles.ts'
import type { ParameterModel, PathTemplate, SchemaNode } from './types.ts'
import { formsOf } from './valueForms.ts'

const places: readonly string[] = ['path', 'query', 'header', 'cookie']

/** RFC 9110 section 5.6.2. Cookie names have the same syntax (RFC 6265 section 4.1.1). */
const token = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/

/**
 * The parameters of a path item and its operation, merged. Errors are added to `faults`.
 *
 * @param pathOrigin the key of the path item
 */
export function parametersOf(
  lists: readonly (readonly [JsonValue | undefined, Origin])[],
  path: PathTemplate | null,
  pathOrigin: Origin,
  source: Source,
  faults: Faults,
): readonly ParameterModel[] {
  /** Path parameters that the path does not have, with the places of their names. */
  const strays = new Map<string, Origin>()
  const merged = new Map<string, ParameterModel | null>()
  const declared = new Set<string>()
  for (const [list, near] of lists) {
    const own = new Set<string>()
    for (const node of itemsOf(list, near, faults)) {
      const located = faults.accept(source.follow(node, source.originOf(node, near)))
      if (located === null) continue
      const read = readParameter(located.value, located.origin, path, source, faults)
      if (read === null) continue
      if (own.has(read.key)) {
        faults.add('GW2105', `The parameter \`${read.name}\` in ${read.in} is declared twice.`, located.origin)
      }
      own.add(read.key)
      if (read.in === 'path') declared.add(read.name)
      if (read.isStray) strays.set(read.name, below(located.origin, 'name'))
      merged.set(read.key, read.model)
    }
  }
  const named = path === null ? [] : parameterNames(path)
  const undeclared = named.filter((name) => !declared.has(name))
  const alone = undeclared.filter((name) => {
    const [only] = undeclared.length === 1 && strays.size === 1 ? strays.keys() : []
    const other = closest(name, strays.keys()) ?? only
    const place = other === undefined ? undefined : strays.get(other)
    if (other === undefined || place === undefined) return true
    strays.delete(other)
    const message = `The path has \`{${name}}\`, and this parameter is named \`${other}\`.`
    faults.add('GW2103', message, place, `Write\n    name: ${name}`)
    return false
  })
  if (alone.length > 0) {
    const names = alone.map((name) => `\`{${name}}\``).join(' and ')
    const message = `${names} of \`${path?.text ?? ''}\` ${alone.length === 1 ? 'has' : 'have'} no parameter.`
    faults.add('GW2103', message, pathOrigin, declaration(alone))
  }
  for (const [name, place] of strays) {
    const message = `The path \`${path?.text ?? ''}\` has no \`{${name}}\` for this parameter.`
    faults.add('GW2104', message, place)
  }
  return [...merged.values()].filter((model) => model !== null)
}

function declaration(names: readonly string[]): string {
  return [
    `Declare ${names.length === 1 ? 'it' : 'them'}, with an overlay if the spec is not yours:`,
    '    parameters:',
    ...names.map((name) => `      - { name: ${name}, in: path, required: true, schema: { type: string } }`),
  ].join('\n')
}

function itemsOf(list: JsonValue | undefined, near: Origin, faults: Faults): readonly JsonValue[] {
  if (list === undefined) return []
  if (Array.isArray(list)) return list
  faults.add('GW2115', '`parameters` must be a list.', below(near, 'parameters'))
  return []
}

interface Read {
  readonly key: string
  readonly name: string
  readonly in: ParameterModel['in']
  /** `null`: ignored, or faulty. */
  readonly model: ParameterModel | null
  /** Whether the path does not have it. */
  readonly isStray: boolean
}

function readParameter(
  value: JsonValue,
  origin: Origin,
  path: PathTemplate | null,
  source: Source,
  faults: Faults,
): Read | null {
  const node = isObject(value) ? value : {}
  const name = textOf(node['name'])
  const place = textOf(node['in'])
  if (name === null || place === null) {
    faults.add('GW2115', 'A parameter needs `name` and `in`.', origin)
    return null
  }
  if (!isPlace(place)) {
    faults.add(
      'GW2111',
      `The parameter \`${name}\` is in \`${place}\`.${didYouMean(place, places)}`,
      below(origin, 'in'),
    )
    return null
  }
  const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`
  const read = { key, name, in: place, isStray: false }
  if (place === 'header' && headerUse(name).ignored) return { ...read, model: null }
  if (place === 'path' && path !== null && !parameterNames(path).includes(name)) {
    return { ...read, model: null, isStray: true }
  }
  if ((place === 'header' || place === 'cookie') && !token.test(name)) {
    faults.add('GW2110', `\`${name}\` cannot be the name of a ${place}.`, below(origin, 'name'))
    return { ...read, model: null }
  }
  const described = describe(node, name, place, origin, source, faults)
  if (described === null) return { ...read, model: null }
  const model: ParameterModel = {
    in: place,
    name,
    required: place === 'path' || node['required'] === true,
    ...described,
    allowReserved: node['allowReserved'] === true,
    // Only style `form` defines how an empty value is written; OpenAPI says to ignore the keyword with other styles.
    allowEmptyValue: place === 'query' && described.style === 'form' && node['allowEmptyValue'] === true,
    deprecated: node['deprecated'] === true,
    description: textOf(node['description']),
    origin,
  }
  return { ...read, model }
}

type Description = Pick<ParameterModel, 'style' | 'explode' | 'schema' | 'examples'>

function describe(
  node: JsonObject,
  name: string,
  place: ParameterModel['in'],
  origin: Origin,
  source: Source,
  faults: Faults,
): Description | null {
  const { schema, content } = node
  if ((schema === undefined) === (content === undefined)) {
    const problem = schema === undefined ? 'neither `schema` nor `content`' : 'both `schema` and `content`'
    faults.add('GW2106', `The parameter \`${name}\` has ${problem}.`, origin)
    return null
  }
  if (schema === undefined) return describeContent(node, name, origin, source, faults)
  if (!isObject(schema) && typeof schema !== 'boolean') {
    faults.add('GW2115', 'A schema must be an object.', below(origin, 'schema'))
    return null
  }
  const written = node['style'] === undefined ? defaultStyle(place) : node['style']
  const style = stylesFor(place).find((known) => known === written)
  if (style === undefined) {
    const message = `The parameter \`${name}\` has the style \`${String(written)}\`, which does not exist in ${place}.`
    faults.add('GW2107', message, below(origin, 'style'))
    return null
  }
  // `explode` has no effect on `deepObject`.
  const explode = style === 'deepObject' || (typeof node['explode'] === 'boolean' ? node['explode'] : style === 'form')
  const described: SchemaNode = { schema, origin: source.originOf(schema, below(origin, 'schema')) }
  const examples = examplesOf(node, origin, source)
  const problem = undefinedStyle(place, style, explode, formsOf(described, source))
  if (problem === null) return { style, explode, schema: described, examples }
  if (place === 'query' && source.nestedQuery === 'brackets') {
    return { style: 'deepObject', explode: true, schema: described, examples }
  }
  const message = `OpenAPI does not define ${problem}, as the parameter \`${name}\` needs it.`
  const remedy =
    'If the service takes `name[key][]=value`, set `nestedQuery: brackets` for the service in the manifest.'
  if (place === 'query') faults.add('GW2121', message, described.origin, remedy)
  else faults.add('GW2108', message, described.origin)
  return { style, explode, schema: described, examples }
}

function describeContent(
  node: JsonObject,
  name: string,
  origin: Origin,
  source: Source,
  faults: Faults,
): Description | null {
  const [media, ...others] = namedIn(node['content'])
  const place = below(origin, 'content')
  if (media === undefined || others.length > 0 || !/^application\/(?:[^;]*\+)?json\s*(?:;|$)/i.test(media[0])) {
    faults.add('GW2109', `The content of the parameter \`${name}\` must be one media type, which is JSON.`, place)
    return null
  }
  const located = faults.accept(source.follow(media[1], below(place, media[0])))
  if (located === null) return null
  const described = isObject(located.value) ? located.value : {}
  const { schema } = described
  const near = below(located.origin, 'schema')
  return {
    style: null,
    explode: false,
    schema: { schema: schema ?? true, origin: source.originOf(schema, near) },
    examples: [...examplesOf(described, located.origin, source), ...examplesOf(node, origin, source)],
  }
}

function isPlace(text: string): text is ParameterModel['in'] {
  return places.includes(text)
}
