import type { Pieces } from '../pieces.ts'
import { join, type Writing } from './join.ts'

/** Field values: visible ASCII and inner spaces. Servers disagree about other bytes. */
const fieldValue = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** The text of a header field (style `simple`), not percent-encoded; `null` when it has characters that a field cannot have. */
export function headerText(writing: Writing, pieces: Pieces): string | null {
  return fieldText(join(writing, pieces))
}

/** Text as a header field; `null` when it has characters that a field cannot have. */
export function fieldText(text: string): string | null {
  return fieldValue.test(text) ? text : null
}
