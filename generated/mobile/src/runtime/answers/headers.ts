import type { OperationSchemas } from '../vocabulary.ts'
import { type HeaderUse, headersWhere, headerUse } from '../words/headers.ts'

/** Fields of a service's answer that reach the client without being documented. */
const always = headersWhere(({ answer }) => answer === 'always')

/** Which fields of an answer may be copied, by its status; made once for each operation. */
export interface AnswerHeaders {
  /** Lower-case names. `unchanged`: the body goes on byte for byte. */
  allowed(status: number, unchanged: boolean): ReadonlySet<string>
}

export function createAnswerHeaders({ answers }: Pick<OperationSchemas, 'answers'>): AnswerHeaders {
  const known = new Map<number, ReadonlySet<string>>()

  const compute = (status: number, unchanged: boolean): ReadonlySet<string> => {
    const exact = answers[String(status)] ?? answers[`${Math.floor(status / 100)}XX`]
    // A range of what a 200 would have been (RFC 9110 section 15.3.7).
    const schemas = exact ?? (status === 206 ? answers['200'] : undefined) ?? answers['default']
    const names = new Set([...always, ...(schemas?.headers ?? [])])
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
  }
}

/** Whether a field goes on as it came; `unchanged`: the body does. */
function isCopied({ answer, bytes }: HeaderUse, unchanged: boolean): boolean {
  return (answer === undefined || answer === 'always') && (unchanged || bytes !== true)
}

/**
 * `Cache-Control` of an answer. For a caller who proved who they are nothing may be kept in a place that others reach
 * (rule C3): the service's word counts where it says `private` or `no-store`; else an answer with a validator may be
 * kept by the browser and asked about each time, so that 304 works; any other is not stored.
 */
export function cacheControl(
  service: string | undefined,
  authenticated: boolean,
  validator: boolean,
): string | undefined {
  const plain = service !== undefined && /^[\w\s,="-]+$/.test(service) ? service : undefined
  if (!authenticated) return plain
  if (
    plain !== undefined &&
    /(?:^|[\s,])(?:private|no-store)(?:$|[\s,])/i.test(plain) &&
    !/\bpublic\b|\bs-maxage\b/i.test(plain)
  ) {
    return plain
  }
  return validator && plain === undefined ? 'private, no-cache' : 'no-store'
}
