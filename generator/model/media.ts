import { essenceOf, isJson } from '../../templates/runtime/words/mediaTypes.ts'
import { streamKindOf } from '../../templates/runtime/words/streamKinds.ts'
import type { JsonObject, JsonValue } from '../read/types.ts'
import { below, type Origin } from '../support/index.ts'
import type { Faults } from './faults.ts'
import { isObject, namedIn, type Source, textOf } from './source.ts'
import { stylesFor } from './styles.ts'
import type { EncodingModel, ExampleModel, MediaModel, SchemaNode } from './types.ts'

/** RFC 9110 section 8.3.1 and, for ranges, 12.5.1. */
const token = "[A-Za-z0-9!#$%&'*+.^_`|~-]+"
const parameter = String.raw`[ \t]*;[ \t]*${token}=(?:${token}|"(?:[^"\\\r\n]|\\.)*")`
const mediaType = new RegExp(String.raw`^${token}/${token}(?:${parameter})*(?:[ \t]*;)?$`)

/** Keywords of OpenAPI 3.2 that describe a body as a sequence of items. */
const sequential: readonly string[] = ['itemSchema', 'itemEncoding', 'prefixEncoding']

/** Keywords of an encoding in OpenAPI 3.2 that describe parts within a part. */
const nested: readonly string[] = ['encoding', 'itemEncoding', 'prefixEncoding']

/** The media types of a `content`, in the order written. */
export function contentOf(
  content: JsonValue | undefined,
  near: Origin,
  source: Source,
  faults: Faults,
): readonly MediaModel[] {
  if (content !== undefined && !isObject(content)) faults.add('GW2115', '`content` must be a map of media types.', near)
  const origin = source.originOf(content, near)
  return namedIn(content).flatMap(([type, node]) => {
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
  const keyword = itemsOf(type, node, source) ? 'itemSchema' : 'schema'
  const [unknown] = sequential.filter((name) => name !== keyword && node[name] !== undefined)
  if (unknown !== undefined && source.spec.version === '3.2') {
    faults.add('GW2120', `\`${unknown}\` describes a sequence of items, which is not supported.`, {
      ...below(origin, unknown),
      key: true,
    })
  }
  return {
    type,
    schema: schemaOf(node[keyword], below(origin, keyword), source, faults),
    encoding: encodingsOf(node['encoding'], below(origin, 'encoding'), source, faults),
    examples: examplesOf(node, origin, source),
    node,
    origin,
  }
}

/**
 * Whether a stream describes its items. OpenAPI 3.2 has `itemSchema`, which some tools write into documents of 3.1. Before, `schema` is by
 * convention that of an item.
 */
function itemsOf(type: string, node: JsonObject, { spec }: Source): boolean {
  // `application/stream+json` is read as JSON.
  const isStream = streamKindOf(type) !== null && !isJson(essenceOf(type))
  return node['itemSchema'] !== undefined && spec.version !== '3.0' && isStream
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
  source: Source,
  faults: Faults,
): Readonly<Record<string, EncodingModel>> {
  const encodings = namedIn(value).map(([name, node]) => {
    const place = below(origin, name)
    const [within] = isObject(node) ? nested.filter((keyword) => node[keyword] !== undefined) : []
    if (within !== undefined && source.spec.version === '3.2') {
      const message = `\`${within}\` describes parts within a part, which is not supported.`
      faults.add('GW2120', message, { ...below(place, within), key: true })
    }
    return [name, encoding(node, place, faults)] as const
  })
  return Object.fromEntries(encodings)
}

function encoding(value: JsonValue, origin: Origin, faults: Faults): EncodingModel {
  const node = isObject(value) ? value : {}
  const contentType = (textOf(node['contentType']) ?? '')
    .split(',')
    .flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  const styled = node['style'] !== undefined || node['explode'] !== undefined || node['allowReserved'] !== undefined
  // OpenAPI 3.1, Encoding Object: `contentType` is ignored if `style`, `explode` or `allowReserved` is present.
  const written = styled || contentType.length === 0 ? (node['style'] ?? 'form') : null
  const style = written === null ? null : stylesFor('query').find((known) => known === written)
  if (style === undefined) {
    faults.add('GW2107', `\`${String(written)}\` is not the style of an encoding.`, below(origin, 'style'))
  }
  const explode = typeof node['explode'] === 'boolean' ? node['explode'] : style === 'form' || style === 'deepObject'
  return { contentType, style: style ?? null, explode, allowReserved: node['allowReserved'] === true }
}

/** `example` and `examples` of a node. An example whose reference cannot be followed is left out. */
export function examplesOf(node: JsonObject, origin: Origin, source: Source): readonly ExampleModel[] {
  const { example: only } = node
  const place = below(origin, 'examples')
  const named = namedIn(node['examples']).flatMap(([name, raw]) => {
    const followed = source.follow(raw, below(place, name))
    if (followed.kind === 'refused' || !isObject(followed.value)) return []
    const { value: example } = followed
    // In OpenAPI 3.2 the value may be named `dataValue`.
    const later = source.spec.version === '3.2' ? example['dataValue'] : undefined
    const value = example['value'] === undefined ? later : example['value']
    if (value === undefined) return []
    return [{ name, summary: textOf(example['summary']), description: textOf(example['description']), value }]
  })
  return only === undefined ? named : [{ name: null, summary: null, description: null, value: only }, ...named]
}
