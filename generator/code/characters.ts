import { escaped, revealed } from '../support/index.ts'

export { escaped, revealed }

/** Directives that a compiler reads inside comments. Inside a string literal, the escape has the same value. */
const directives = /@(?=ts-)/g

/** `revealed`, with compiler directives in comments disabled. */
export function disarmed(text: string): string {
  return revealed(text).replace(directives, escaped)
}

/** Text on one line: line terminators and tabs become spaces, other invisible characters are escaped. */
export function oneLine(text: string): string {
  return revealed(text.replace(/\s*[\t\n\v\f\r\u0085\u2028\u2029]\s*/g, ' '))
}
