import { exactJson } from '../support/index.ts'
import { revealed } from './characters.ts'
import { Code } from './code.ts'

/** JSON over several lines. `indent`: indentation of the first line. */
export function json(value: unknown, indent = 0): Code {
  const printed = revealed(exactJson(value, 2))
  return new Code(indent === 0 ? printed : printed.replaceAll('\n', `\n${' '.repeat(indent)}`))
}
