import type { OperationSchemas } from '../vocabulary.ts'
import { type HeaderUse, headersWhere, headerUse } from '../words/headers.ts'

/** Fields of a service's answer that reach the client without being documented. */
const always = headersWhere(({ answer }) => answer === 'always')

/** The fields of an answer that may be copied, by status. Made once for each operation. */
export interface AnswerHeaders {
  /** Lower-case names. `unchanged`: the body is forwarded byte for byte. */
  allowed(status: number, unchanged: boolean): ReadonlySet<string>
  /** Whether the answer is documented to have `Link`. */
  links(status: number): boolean
}

export function createAnswerHeaders({ answers }: Pick<OperationSchemas, 'answers'>): AnswerHeaders {
  const known = new Map<number, ReadonlySet<string>>()

  const documented = (status: number): readonly string[] => {
    const exact = answers[String(status)] ?? answers[`${Math.floor(status / 100)}XX`]
    // A 206 is a range of the 200 answer (RFC 9110 section 15.3.7).
    const schemas = exact ?? (status === 206 ? answers['200'] : undefined) ?? answers['default']
    return schemas?.headers ?? []
  }
  const compute = (status: number, unchanged: boolean): ReadonlySet<string> => {
    const names = new Set([...always, ...documented(status)])
    return new Set([...names].filter((name) => isCopied(headerUse(name), unchanged)))
  }

  return {
    allowed(status, unchanged) {
      const key = unchanged ? status : -status
      const found = known.get(key)
      if (found !== undefined) return found
      const computed = compute(status, unchanged)
      known.set(key, computed)
      return computed
    },
    links: (status) => documented(status).includes('link'),
  }
}

/** Whether a field is copied as received; `unchanged`: the body is. */
function isCopied({ answer, bytes }: HeaderUse, unchanged: boolean): boolean {
  return (answer === undefined || answer === 'always') && (unchanged || bytes !== true)
}
