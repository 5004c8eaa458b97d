import { type JsonValue, parseJson } from '../json/index.ts'
import { Typing } from '../parameters/index.ts'
import { ARRAY, OBJECT, SCALAR, segment } from '../schema/index.ts'
import type { MediaSchema } from '../vocabulary.ts'
import { type Content, type ContentReaderFor, checked, faultyContent } from './content.ts'
import { createFileReader, type FileReader } from './files.ts'
import { charsetFault, charsetNamed, charsetOf, isJsonMedia, mediaTable } from './media.ts'
import { type Part, parseParts } from './parts.ts'

type PartValue =
  | { readonly kind: 'value'; readonly value: JsonValue }
  | { readonly kind: 'fault'; readonly detail: string }

/**
 * Reads multipart/form-data bodies. Each part must be a property of the schema. JSON and text parts are checked as values, other
 * parts by their length only. The body is forwarded byte for byte.
 */
export const multipartReader: ContentReaderFor = (media, schemas, rules) => {
  const check = checked(media, schemas, rules)
  const typing = new Typing(schemas, [media.schema])
  const types = acceptedTypes(media)
  const file = createFileReader(media.schema, schemas)
  return (bytes, { parameters }, filling): Content => {
    const outcome = parseParts(bytes, parameters.get('boundary') ?? '')
    if (outcome.kind === 'fault') return faultyContent(outcome.detail)
    if (filling.length > 0) return faultyContent('cannot be sent in this media type')
    const value: Record<string, JsonValue> = {}
    for (const [name, parts] of grouped(outcome.parts)) {
      const pointer = `/${segment(name)}`
      const member = typing.field(name)
      if (member === null) return faultyContent('is not allowed here', pointer)
      if (!parts.every((part) => types(name, part)))
        return faultyContent('has a media type that is not accepted', pointer)
      // Some readers decode the other fields by the value of this one (RFC 7578 section 4.6).
      if (name === '_charset_' && parts.some(({ content }) => charsetNamed(content.toString('latin1')) !== 'utf-8'))
        return faultyContent('has a charset that is not accepted', pointer)
      const read = memberValue(member, parts, file)
      if (read.kind === 'fault') return faultyContent(read.detail, pointer)
      value[name] = read.value
    }
    return check(value, () => bytes)
  }
}

/** Whether a part has one of the media types of its encoding. A part without `Content-Type` is accepted (RFC 7578 section 4.4). */
function acceptedTypes({ encoding }: MediaSchema): (name: string, part: Part) => boolean {
  const tables = new Map(
    Object.entries(encoding)
      .filter(([, { contentType }]) => contentType.length > 0)
      .map(([name, { contentType }]) => [name, mediaTable(contentType.map((type) => ({ name: type, value: type })))]),
  )
  return (name, { media }) => {
    const table = tables.get(name)
    return table === undefined || media === null || table(media) !== null
  }
}

function grouped(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const found = new Map<string, Part[]>()
  for (const part of parts) {
    const same = found.get(part.name)
    if (same === undefined) found.set(part.name, [part])
    else same.push(part)
  }
  return found
}

/** The value of all parts with one name: a list if the property is a list. */
function memberValue(member: Typing, parts: readonly Part[], file: FileReader): PartValue {
  const [first, second] = parts
  const readFile = (content: Buffer): string => file(member, content)
  if (first === undefined) return { kind: 'fault', detail: 'is required' }
  const isList = (member.kinds & ARRAY) !== 0 && (second !== undefined || (member.kinds & SCALAR) === 0)
  if (!isList)
    return second === undefined ? partValue(member, first, readFile) : { kind: 'fault', detail: 'must be given once' }
  const items: JsonValue[] = []
  for (const [at, part] of parts.entries()) {
    const read = partValue(member.item(at), part, readFile)
    if (read.kind === 'fault') return read
    // A list may be sent as one JSON part.
    if (second === undefined && Array.isArray(read.value)) return read
    items.push(read.value)
  }
  return { kind: 'value', value: items }
}

/** `file`: reads the content of a part that is neither JSON nor text. */
function partValue(typing: Typing, { media, filename, content }: Part, file: (content: Buffer) => string): PartValue {
  const structured = (typing.kinds & SCALAR) === 0 && (typing.kinds & (OBJECT | ARRAY)) !== 0
  const plain = media === null || media.essence.startsWith('text/')
  const isJson = (media !== null && isJsonMedia(media)) || (structured && plain)
  const isText = filename === null && plain
  if (!isJson && !isText) {
    return { kind: 'value', value: file(content) }
  }
  const fault = charsetFault(content, media === null ? 'utf-8' : charsetOf(media))
  if (fault !== null) return { kind: 'fault', detail: fault }
  if (isJson) {
    const read = parseJson(content)
    if (read.kind === 'json') return { kind: 'value', value: read.value }
    return { kind: 'fault', detail: `${read.detail}, at byte ${read.offset}` }
  }
  return { kind: 'value', value: typing.scalar(content.toString('utf8')) }
}
