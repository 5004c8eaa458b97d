import type { Code } from '../../support/index.ts'
import type { Check } from './check.ts'

/** Reports the errors in `when` expressions that have one code, with the place in the expression. */
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
