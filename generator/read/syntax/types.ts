/** A text that cannot be parsed, and where its parser stopped. */
export interface Stop {
  readonly lines: readonly string[]
  /** Index of the line, from 0. */
  readonly line: number
  /** Index of the character in the line, from 0. */
  readonly column: number
  /** The parser's reason. */
  readonly reason: string
}

/** A mistake in the syntax of a file. Lines and columns count from 1. */
export interface SyntaxFault {
  /** What is wrong, after `is not valid YAML: `. */
  readonly what: string
  readonly remedy: string
  readonly line: number
  readonly column: number
  readonly length: number
  /** The line as it is most likely meant; `null`: unknown. */
  readonly corrected: string | null
}

/** Recognises one kind of mistake; `null`: it is another kind. */
export type Recogniser = (stop: Stop) => SyntaxFault | null

/** A fault at a part of a line; `from` and `to` are indexes of characters. */
export function faultAt(
  line: number,
  [from, to]: readonly [number, number],
  what: string,
  remedy: string,
  corrected: string | null = null,
): SyntaxFault {
  return { what, remedy, line: line + 1, column: from + 1, length: Math.max(1, to - from), corrected }
}

/** The number of spaces that a line begins with. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** Whether a line has neither a key nor a value. */
export function isBlank(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line)
}

/** The key that a line begins with; `null`: it begins with none. */
export function keyOfLine(line: string): string | null {
  return /^\s*(?:- +)*((?:"[^"]*"|'[^']*'|[^\s#'"{[][^#]*?))\s*:(?:\s|$)/.exec(line)?.[1] ?? null
}

/** The nearest line above, with a key or value. */
export function lineAbove({ lines }: Stop, line: number): number | null {
  for (let at = line - 1; at >= 0; at--) if (!isBlank(lines[at] ?? '')) return at
  return null
}

/** A text in single quotes, as YAML writes it. */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
