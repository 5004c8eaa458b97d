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

/** An exported alias of a schema's type, without the members that `helper` removes. Throws if `name` is not in PascalCase. */
export function typeAlias(name: string, schema: string, helper: 'Readable' | 'Writable' | null): Code {
  if (!/^[A-Z][A-Za-z0-9_]*$/.test(name)) throw new Error(`${name} is not a name of a type.`)
  const type = `components["schemas"][${disarmed(JSON.stringify(schema))}]`
  return new Code(`export type ${name} = ${helper === null ? type : `${helper}<${type}>`};`)
}
