import type { JsonObject, JsonValue } from '../read/types.ts'
import { below, type Origin } from '../support/index.ts'
import type { Faults } from './faults.ts'
import { isObject, membersOf, type Source, textOf } from './source.ts'
import { stylesFor } from './styles.ts'
import type { EncodingModel, MediaModel, SchemaNode } from './types.ts'

/** RFC 9110 section 8.3.1 and, for ranges, 12.5.1. */
const token = "[A-Za-z0-9!#$%&'*+.^_`|~-]+"
const parameter = String.raw`[ \t]*;[ \t]*${token}=(?:${token}|"(?:[^"\\\r\n]|\\.)*")`
const mediaType = new RegExp(String.raw`^${token}/${token}(?:${parameter})*(?:[ \t]*;)?$`)

/** What only OpenAPI 3.2 knows: a body as a sequence of items. */
const sequential: readonly string[] = ['itemSchema', 'itemEncoding', 'prefixEncoding']

/** The media types of a `content`, in the order written. */
export function contentOf(
  content: JsonValue | undefined,
  near: Origin,
  source: Source,
  faults: Faults,
): readonly MediaModel[] {
  if (content !== undefined && !isObject(content)) faults.add('GW2115', '`content` must be a map of media types.', near)
  const origin = source.originOf(content, near)
  return membersOf(content).flatMap(([type, node]) => {
    const place = below(origin, type)
    if (!mediaType.test(type)) {
      faults.add('GW2112', `\`${type}\` is not a media type.`, { ...place, key: true })
      return []
    }
    const located = faults.accept(source.follow(node, place))
    if (located === null) return []
    return [media(type, isObject(located.value) ? located.value : {}, located.origin, source, faults)]
  })
}

function media(type: string, node: JsonObject, origin: Origin, source: Source, faults: Faults): MediaModel {
  const [unknown] = sequential.filter((name) => node[name] !== undefined)
  if (unknown !== undefined && source.spec.version === '3.2') {
    faults.add('GW2120', `\`${unknown}\` describes a sequence of items, which is not supported.`, {
      ...below(origin, unknown),
      key: true,
    })
  }
  return {
    type,
    schema: schemaOf(node['schema'], below(origin, 'schema'), source, faults),
    encoding: encodingsOf(node['encoding'], below(origin, 'encoding'), faults),
    example: node['example'],
    examples: examplesOf(node['examples'], below(origin, 'examples'), source),
    origin,
  }
}

/** A schema and its place; `null` when there is none. */
export function schemaOf(
  schema: JsonValue | undefined,
  near: Origin,
  source: Source,
  faults: Faults,
): SchemaNode | null {
  if (schema === undefined) return null
  if (isObject(schema) || typeof schema === 'boolean') return { schema, origin: source.originOf(schema, near) }
  faults.add('GW2115', 'A schema must be an object.', near)
  return null
}

function encodingsOf(
  value: JsonValue | undefined,
  origin: Origin,
  faults: Faults,
): Readonly<Record<string, EncodingModel>> {
  const encodings = membersOf(value).map(([name, node]) => [name, encoding(node, below(origin, name), faults)] as const)
  return Object.fromEntries(encodings)
}

function encoding(value: JsonValue, origin: Origin, faults: Faults): EncodingModel {
  const node = isObject(value) ? value : {}
  const contentType = (textOf(node['contentType']) ?? '')
    .split(',')
    .flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  const styled = node['style'] !== undefined || node['explode'] !== undefined || node['allowReserved'] !== undefined
  // OpenAPI 3.1, Encoding Object: `contentType` counts only where nothing is said about style.
  const written = styled || contentType.length === 0 ? (node['style'] ?? 'form') : null
  const style = written === null ? null : stylesFor('query').find((known) => known === written)
  if (style === undefined) {
    faults.add('GW2107', `\`${String(written)}\` is not the style of an encoding.`, below(origin, 'style'))
  }
  const explode = typeof node['explode'] === 'boolean' ? node['explode'] : style === 'form' || style === 'deepObject'
  return { contentType, style: style ?? null, explode, allowReserved: node['allowReserved'] === true }
}

/** Values of the examples that can be followed; an example that cannot is nobody's loss. */
export function examplesOf(value: JsonValue | undefined, origin: Origin, source: Source): readonly JsonValue[] {
  return membersOf(value).flatMap(([name, node]) => {
    const followed = source.follow(node, below(origin, name))
    if (followed.kind === 'refused' || !isObject(followed.value)) return []
    // `dataValue` is OpenAPI 3.2's name for the same thing.
    const example = followed.value['value'] ?? followed.value['dataValue']
    return example === undefined ? [] : [example]
  })
}
