import { parseJsonText } from '../json/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { ParameterSchema } from '../vocabulary.ts'
import { decodePercent } from '../words/percent.ts'
import { convert, typedValue } from './pieces.ts'
import { faulty, type Reading } from './reading.ts'
import { split } from './styles.ts'
import { Typing } from './typing.ts'

const malformed = faulty('is not written as it should be')

/**
 * Reads a declared header field or cookie; its text is forwarded unchanged. Header values are not percent-decoded, because
 * servers read style `simple` literally there. Cookies (`encoded`) are decoded where their escapes are valid.
 */
export function textReader(
  name: string,
  parameter: ParameterSchema,
  schemas: CompiledSchemas,
  encoded: boolean,
): (text: string) => Reading {
  const typing = new Typing(schemas, [parameter.schema])
  const decode = (text: string): string => (encoded ? (decodePercent(text) ?? text) : text)
  const { style } = parameter
  if (style === null) {
    return (text) => {
      const read = parseJsonText(decode(text))
      return read.kind === 'json' ? { kind: 'read', value: read.value, wire: text } : faulty('must be JSON')
    }
  }
  return (text) => {
    const raw = split({ name, style, explode: parameter.explode }, text, typing.kinds)
    const pieces = raw === null ? null : convert(raw, (piece) => decode(piece.trim()))
    const value = pieces === null ? undefined : typedValue(pieces, typing)
    return value === undefined ? malformed : { kind: 'read', value, wire: text }
  }
}

/** The cookies of a `Cookie` field (RFC 6265 section 4.2.1), by name; a repeated name has all its values. */
export function parseCookies(field: string | undefined): ReadonlyMap<string, readonly string[]> {
  const cookies = new Map<string, string[]>()
  for (const part of field?.split(';') ?? []) {
    const equals = part.indexOf('=')
    if (equals < 0) continue
    const name = part.slice(0, equals).trim()
    const value = part.slice(equals + 1).trim()
    const values = cookies.get(name)
    if (values === undefined) cookies.set(name, [value])
    else values.push(value)
  }
  return cookies
}
