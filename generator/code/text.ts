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

/** The type at a path of member names below another type: `components["schemas"]["clinic.Patient"]`. */
export function typeAt(base: 'components' | 'operations' | Code, keys: readonly (string | number)[]): Code {
  return new Code(`${base}${keys.map((key) => `[${disarmed(JSON.stringify(key))}]`).join('')}`)
}

/** A type that is made of another one. */
export function typeWith(helper: 'Readable' | 'Writable' | 'NonNullable', type: Code): Code {
  return new Code(`${helper}<${type}>`)
}

/** An exported alias of a type. Throws if `name` is not in PascalCase. */
export function typeAlias(name: string, type: Code): Code {
  if (!/^[A-Z][A-Za-z0-9_]*$/.test(name)) throw new Error(`${name} is not a name of a type.`)
  return new Code(`export type ${name} = ${type};`)
}
