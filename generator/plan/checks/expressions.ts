import type { Code } from '../../support/index.ts'
import type { Check } from './check.ts'

/** What the reader of `when` expressions found under one code, with the place in the expression. */
export function expressionCheck(code: Code): Check {
  return {
    of: 'route',
    find: ({ condition }) =>
      (condition?.findings ?? [])
        .filter((finding) => finding.code === code)
        .map(({ at, message, hint }) => {
          const text = condition?.source.value ?? ''
          return {
            message: `\`when\`, column ${at + 1}: ${message}`,
            origin: condition?.source.origin ?? null,
            remedy: [
              ...(hint === null ? [] : [hint]),
              `    ${text.replaceAll(/\s/g, ' ')}`,
              `    ${' '.repeat(at)}^`,
            ].join('\n'),
          }
        }),
  }
}
