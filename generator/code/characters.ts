import { escaped, revealed } from '../support/index.ts'

export { escaped, revealed }

/** Directives that a compiler obeys inside comments. The escape means the same inside a string literal. */
const directives = /@(?=ts-)/g

/** `revealed`, and compiler directives in comments have no effect. */
export function disarmed(text: string): string {
  return revealed(text).replace(directives, escaped)
}

/** One line: line terminators and tabs become spaces, and nothing stays hidden. */
export function oneLine(text: string): string {
  return revealed(text.replace(/\s*[\t\n\v\f\r\u0085\u2028\u2029]\s*/g, ' '))
}
