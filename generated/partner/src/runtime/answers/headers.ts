import type { OperationSchemas } from '../vocabulary.ts'
import { type HeaderUse, headersWhere, headerUse } from '../words/headers.ts'

/** Fields of a service's answer that reach the client without being documented. */
const always = headersWhere(({ answer }) => answer === 'always')

/** The fields of an answer that may be copied, by status. Made once for each operation. */
export interface AnswerHeaders {
  /** Lower-case names. `unchanged`: the body is forwarded byte for byte. */
  allowed(status: number, unchanged: boolean): ReadonlySet<string>
}

export function createAnswerHeaders({ answers }: Pick<OperationSchemas, 'answers'>): AnswerHeaders {
  const known = new Map<number, ReadonlySet<string>>()

  const compute = (status: number, unchanged: boolean): ReadonlySet<string> => {
    const exact = answers[String(status)] ?? answers[`${Math.floor(status / 100)}XX`]
    // A 206 is a range of the 200 answer (RFC 9110 section 15.3.7).
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

/** Whether a field is copied as received; `unchanged`: the body is. */
function isCopied({ answer, bytes }: HeaderUse, unchanged: boolean): boolean {
  return (answer === undefined || answer === 'always') && (unchanged || bytes !== true)
}

/**
 * `Cache-Control` of an answer. An answer to an authenticated caller must not be stored in a shared cache (rule C3): the
 * service's value is used if it has `private` or `no-store`. Otherwise an answer with a validator and no `Cache-Control` may be
 * stored by the browser and is revalidated each time, so that 304 works; any other is not stored.
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
