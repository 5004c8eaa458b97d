import { unclosed } from './brackets.ts'
import { conflict, documents, indentation, keyless, tabs } from './lines.ts'
import { bareReference, colonInText, reservedStart, spacelessColon } from './texts.ts'
import type { Recogniser, SyntaxFault } from './types.ts'

export type { SyntaxFault } from './types.ts'

/** In the order in which they are tried: the first that recognises the mistake wins. */
const recognisers: readonly Recogniser[] = [
  conflict,
  tabs,
  documents,
  bareReference,
  colonsOfKeys(colonInText),
  reservedStart,
  spacelessColon,
  unclosed,
  indentation,
  keyless,
]

/** A key that is indented wrongly stops the parser at its colon, too. */
function colonsOfKeys(recognise: Recogniser): Recogniser {
  return (stop) => (/:\s/.test((stop.lines[stop.line] ?? '').slice(0, stop.column)) ? recognise(stop) : null)
}

/**
 * What is wrong with a text that cannot be parsed, in words for its author: the mistake itself, not what a parser meets
 * because of it.
 *
 * @param stop where the parser stopped, from 1, and its reason
 */
export function syntaxFault(
  text: string,
  { line, column, reason }: { readonly line: number; readonly column: number; readonly reason: string },
): SyntaxFault {
  const lines = text.split(/\r\n|\n|\r/)
  const stop = { lines, line: line - 1, column: column - 1, reason }
  for (const recognise of recognisers) {
    const found = recognise(stop)
    if (found !== null) return found
  }
  const remedy =
    'Correct the syntax at the place shown. A text with `: `, ` #`, `[`, `{` or a mark at its start needs quotes.'
  return { what: reason, remedy, line, column, length: 1, corrected: null }
}
