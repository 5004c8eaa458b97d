import type { Cors } from '../vocabulary.ts'
import { isOrigin } from '../words/origins.ts'

/** Cross-origin access (Fetch Standard, CORS protocol) as a client's settings allow it. */
export interface CorsPolicy {
  /** Whether scripts of the origin may read answers. The origin `null` is never allowed: any sandboxed document can send it. */
  allows(origin: string | undefined): boolean
  /** Appends the fields that let scripts of an allowed origin read the answer; nothing for other origins, or without one. */
  allow(origin: string | undefined, fields: string[]): void
  /** Appends the fields of the answer to a preflight, for an allowed origin only. */
  preflight(origin: string | undefined, methods: readonly string[], headers: readonly string[], fields: string[]): void
}

/** `origins` are the exact allowed origins, resolved; no other origin is ever reflected. */
export function createCors(
  origins: readonly string[],
  { credentials, expose, maxAge }: Omit<Cors, 'origins'>,
): CorsPolicy {
  const known = new Set(origins.filter(isOrigin))
  const exposed = [...new Set(['x-request-id', ...expose.map((name) => name.toLowerCase())])].join(', ')
  const allows = (origin: string | undefined): origin is string => origin !== undefined && known.has(origin)

  return {
    allows,
    allow(origin, fields) {
      if (!allows(origin)) return
      fields.push('access-control-allow-origin', origin, 'access-control-expose-headers', exposed)
      if (credentials) fields.push('access-control-allow-credentials', 'true')
    },
    preflight(origin, methods, headers, fields) {
      if (!allows(origin)) return
      fields.push('access-control-allow-methods', methods.join(', '), 'access-control-max-age', String(maxAge))
      if (headers.length > 0) fields.push('access-control-allow-headers', headers.join(', '))
    },
  }
}
