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
  return new Code(`/* ${inert(text)} */`)
}

/** The same as documentation of the declaration below it, which editors show. */
export function documentation(text: string): Code {
  return new Code(`/** ${inert(text)} */`)
}

function inert(text: string): string {
  let safe = oneLine(text).trim().replaceAll('*/', '*\\/')
  for (const [directive, words] of directives) safe = safe.replace(directive, words)
  return safe
}
