import type { OperationSchemas } from '../vocabulary.ts'

/** Fields of a service's answer that may leave the gateway without being documented. */
const always = [
  'content-disposition',
  'content-language',
  'content-range',
  'accept-ranges',
  'etag',
  'last-modified',
  'retry-after',
]

/** Fields that say how the body came: only true while it passes unchanged. */
const ofBytes: ReadonlySet<string> = new Set(['content-range', 'accept-ranges', 'content-encoding', 'content-length'])

/**
 * Fields that never leave, documented or not: what speaks of the connection or of the service's own place, and what is the
 * gateway's to say (rules O1, O7). `location`, `vary`, `cache-control` and `content-type` are made, not copied.
 */
const never =
  /^(?:server|via|age|date|x-powered-by|x-aspnet.*|x-runtime|set-cookie2?|access-control-.*|alt-svc|link|sourcemap|x-sourcemap|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-type|location|content-location|cache-control|pragma|expires|vary|x-request-id|traceparent|tracestate|traceresponse|server-timing|nel|report-to|reporting-endpoints|www-authenticate|strict-transport-security|content-security-policy.*|x-content-type-options|x-frame-options|referrer-policy|cross-origin-.*|x-gatewright-.*|x-accel-.*|clear-site-data|refresh)$/

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
    const names = new Set([...always, 'content-encoding', 'content-length', ...(schemas?.headers ?? [])])
    return new Set([...names].filter((name) => !never.test(name) && (unchanged || !ofBytes.has(name))))
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
