import { oneLine } from './characters.ts'
import { Code } from './code.ts'

/** The text of a comment after `# ` in a file of variables, and a value on one line there. */
export function hashComment(text: string): Code {
  return new Code(oneLine(text).trim())
}
