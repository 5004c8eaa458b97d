import { parseJsonText } from '../json/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { ParameterSchema } from '../vocabulary.ts'
import { decodePercent } from '../words/percent.ts'
import { encodePercent, encodeSegment } from './percent.ts'
import { convert, typedValue } from './pieces.ts'
import { faulty, type Reading } from './reading.ts'
import { split } from './styles.ts'
import { Typing } from './typing.ts'
import type { Writing } from './writing/join.ts'
import { pathText } from './writing/path.ts'

const malformed = faulty('is not written as it should be')

/** Reads the raw value of a path parameter. `wire` is its text in the service's path. `slashes`: the value may have slashes. */
export function pathReader(
  name: string,
  parameter: ParameterSchema,
  schemas: CompiledSchemas,
  slashes: boolean = false,
): (raw: string) => Reading {
  const typing = new Typing(schemas, [parameter.schema])
  const { style } = parameter
  if (style === null) return (raw) => contentReading(raw, slashes)
  const writing: Writing = { name, style, explode: parameter.explode }
  return (raw) => {
    const parts = split(writing, raw, typing.kinds)
    const decoded = parts === null ? null : convert(parts, decodePercent)
    const value = decoded === null ? undefined : typedValue(decoded, typing)
    const wire = decoded === null ? null : pathText(writing, decoded, slashes)
    return value === undefined || wire === null ? malformed : { kind: 'read', value, wire }
  }
}

function contentReading(raw: string, slashes: boolean): Reading {
  const text = decodePercent(raw)
  const read = text === null ? null : parseJsonText(text)
  const wire = text === null ? null : encodeSegment(text, slashes)
  return read?.kind === 'json' && wire !== null ? { kind: 'read', value: read.value, wire } : malformed
}

/** Fills a path template with encoded values; `null` when a segment becomes empty or a dot segment, or a value is missing. */
export type PathTemplate = (values: ReadonlyMap<string, string>) => string | null

/**
 * Prepares a template such as `/orders/{id}.json`. The part after `#` only distinguishes operations and is not sent; the part
 * after `?` is a fixed part of the query. Literals are encoded where necessary.
 */
export function pathTemplate(template: string): { readonly path: PathTemplate; readonly query: string } {
  const [address = ''] = template.split('#', 1)
  const mark = address.indexOf('?')
  const segments = (mark < 0 ? address : address.slice(0, mark)).split('/').map(segmentOf)
  return {
    query: mark < 0 ? '' : literal(address.slice(mark + 1)),
    path(values) {
      const texts: string[] = []
      for (const segment of segments) {
        const text = typeof segment === 'string' ? segment : complete(segment, values)
        if (text === null) return null
        texts.push(text)
      }
      return texts.join('/')
    },
  }
}

/** Alternating literals and names, beginning with a literal. */
type Segment = readonly string[]

function segmentOf(text: string): string | Segment {
  const parts = text.split(/\{([^{}]*)\}/)
  return parts.length === 1 ? literal(text) : parts.map((part, at) => (at % 2 === 0 ? literal(part) : part))
}

function complete(segment: Segment, values: ReadonlyMap<string, string>): string | null {
  let text = ''
  for (const [at, part] of segment.entries()) {
    const piece = at % 2 === 0 ? part : values.get(part)
    if (piece === undefined) return null
    text += piece
  }
  return text === '' || text === '.' || text === '..' ? null : text
}

function literal(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?-]/gu, (found) =>
    found.length === 3 && found.startsWith('%') ? found : encodePercent(found),
  )
}
