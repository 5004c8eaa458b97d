import { oneLine } from './characters.ts'
import { Code } from './code.ts'

/** Directives that compilers and linters read inside comments, and replacements without effect. */
const directives: readonly (readonly [RegExp, string])[] = [
  [/@(?=ts-)/g, '(at)'],
  [/sourceMappingURL/g, 'source mapping URL'],
  [/biome-ignore/g, 'biome ignore'],
]

/** A block comment on one line. `text` can neither end it nor contain a directive for a compiler or a linter. */
export function comment(text: string): Code {
  let inert = oneLine(text).trim().replaceAll('*/', '*\\/')
  for (const [directive, words] of directives) inert = inert.replace(directive, words)
  return new Code(`/* ${inert} */`)
}
