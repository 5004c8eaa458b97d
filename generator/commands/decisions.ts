import { Lexer } from 'yaml'
import { count } from './report.ts'
import type { Terminal } from './terminal.ts'

/** A comment of a manifest that begins with `DECIDE:`. */
export interface Decision {
  /** From 1. */
  readonly line: number
  /** The text after the mark. */
  readonly text: string
}

/** The tokens before the text of a scalar, and before a document, have one control character. */
const scalar = '\u001f'

/** The comments of a manifest that begin with `DECIDE:`, in order. Texts with the mark in them do not count. */
export function openDecisions(manifest: string): readonly Decision[] {
  const found: Decision[] = []
  let line = 1
  let before = ''
  for (const token of new Lexer().lex(manifest)) {
    const [, text] = /^#\s*DECIDE:\s*(.*)/.exec(before === scalar ? '' : token) ?? []
    if (text !== undefined) found.push({ line, text: text.trimEnd() })
    line += token.split('\n').length - 1
    before = token
  }
  return found
}

const mostShown = 8

/** Prints how many decisions are open, and where: nothing if none is. */
export function printDecisions(decisions: readonly Decision[], file: string, terminal: Terminal): void {
  if (decisions.length === 0) return
  const lines = decisions.slice(0, mostShown).map(({ line }) => String(line))
  const more = decisions.length > mostShown ? ', ...' : ''
  const [verb, noun] = decisions.length === 1 ? ['is', 'line'] : ['are', 'lines']
  terminal.err(
    `${count(decisions.length, 'decision')} ${verb} open in ${file}, marked DECIDE: ${noun} ${lines.join(', ')}${more}.`,
  )
}
