import type { JsonValue } from '../../json/index.ts'
import type { ParameterSchema } from '../../vocabulary.ts'
import { encodePercent, encodeSegment } from '../percent.ts'
import { convert, type Pieces } from '../pieces.ts'
import { join, type Writing } from './join.ts'
import { jsonText, piecesOf } from './value.ts'

/** A value's text in a path; `null` for text that a service may read as another path (rule R3). */
export function pathText(writing: Writing, pieces: Pieces): string | null {
  if (pieces.kind === 'scalar') {
    const text = encodeSegment(pieces.text)
    return text === null ? null : join(writing, { kind: 'scalar', text })
  }
  const checked = convert(pieces, (text) => (text === '' || encodeSegment(text) !== null ? encodePercent(text) : null))
  const text = checked === null ? null : join(writing, checked)
  return text === null || text === '' || text === '.' || text === '..' ? null : text
}

/** Writes a path parameter from a value. */
export function writePath(name: string, { style, explode }: ParameterSchema, value: JsonValue): string | null {
  return style === null ? encodeSegment(jsonText(value)) : pathText({ name, style, explode }, piecesOf(value))
}
