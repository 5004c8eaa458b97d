import { disarmed } from './characters.ts'
import { Code } from './code.ts'

/** Declarations printed by a TypeScript printer: whole already, apart from characters that cannot be seen. */
export function typeText(declarations: string): Code {
  return new Code(disarmed(declarations))
}

/** How many, with the noun in the right number: `1 route`, `2 routes`. */
export function count(value: number, one: string, many: string): Code {
  return new Code(`${value} ${value === 1 ? one : many}`)
}
