import type { Principal } from '../access/principal.ts'
import { createBoundedCache } from '../support/boundedCache.ts'
import type { Members } from '../support/values.ts'
import { claimsOf } from './token.ts'

/** The parsed claims of those callers whose claims were needed lately. `token` has been verified. */
export type ClaimsMemory = (principal: Principal, token: string) => Members

/**
 * Parsed claims take more memory than the token that they are in, and most routes need none. They are therefore not kept with each
 * remembered token. They are read from it when they are needed, and kept up to a limit of their own.
 */
export function createClaimsMemory(maxBytes: number): ClaimsMemory {
  const cache = createBoundedCache<Members, Principal>(maxBytes)
  return (principal, token) => {
    const known = cache.get(principal)
    if (known !== undefined) return known
    const claims = claimsOf(token)
    // The principal holds the token.
    cache.set(principal, claims, 512 + token.length + freeze(claims))
    return claims
  }
}

/**
 * Freezes parsed JSON, and estimates the bytes that it takes. As measured, these are up to 16 for each character of JSON that
 * nests brackets or has many member names, so the length says little.
 */
function freeze(value: unknown): number {
  if (typeof value === 'string') return 24 + 2 * value.length
  if (typeof value !== 'object' || value === null) return 8
  Object.freeze(value)
  const members = Object.values(value)
  let bytes = 48 + members.length * (Array.isArray(value) ? 16 : 88)
  for (const member of members) bytes += freeze(member)
  return bytes
}
