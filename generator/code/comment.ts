import { oneLine } from './characters.ts'
import { Code } from './code.ts'

/** Words that compilers and linters obey inside comments, and the same words without effect. */
const directives: readonly (readonly [RegExp, string])[] = [
  [/@(?=ts-)/g, '(at)'],
  [/sourceMappingURL/g, 'source mapping URL'],
  [/biome-ignore/g, 'biome ignore'],
]

/** A block comment on one line. It cannot be ended from within, and says nothing to a compiler or a linter. */
export function comment(text: string): Code {
  let inert = oneLine(text).trim().replaceAll('*/', '*\\/')
  for (const [directive, words] of directives) inert = inert.replace(directive, words)
  return new Code(`/* ${inert} */`)
}
