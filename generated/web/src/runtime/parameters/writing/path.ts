import { encodeSegment } from '../percent.ts'
import { convert, type Pieces } from '../pieces.ts'
import { join, type Writing } from './join.ts'

/** A value's text in a path; `null` for text that a service may read as another path (rule R3). `slashes`: it may have some. */
export function pathText(writing: Writing, pieces: Pieces, slashes: boolean): string | null {
  if (pieces.kind === 'scalar') {
    const text = encodeSegment(pieces.text, slashes)
    return text === null ? null : join(writing, { kind: 'scalar', text })
  }
  const checked = convert(pieces, (text) => (text === '' ? text : encodeSegment(text, slashes)))
  const text = checked === null ? null : join(writing, checked)
  return text === null || text === '' || text === '.' || text === '..' ? null : text
}
