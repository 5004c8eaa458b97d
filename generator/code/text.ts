import { disarmed } from './characters.ts'
import { Code } from './code.ts'

/** Declarations from a TypeScript printer. Only invisible characters and compiler directives still need escapes. */
export function typeText(declarations: string): Code {
  return new Code(disarmed(declarations))
}

/** A count with its noun: `1 route`, `2 routes`. */
export function count(value: number, one: string, many: string): Code {
  return new Code(`${value} ${value === 1 ? one : many}`)
}
