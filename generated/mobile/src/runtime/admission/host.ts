import { isAuthority } from '../words/authorities.ts'
import { type Problem, problem } from '../words/problems.ts'

const malformed = problem('malformed-request', { close: true, reason: 'host-invalid' })

/**
 * Makes the check of `Host`. An allowed authority without a port matches every port; `null` allows any that is well-formed.
 * The host of a request never decides a route or an address (rule P4).
 */
export function createHostCheck(allowed: readonly string[] | null): (host: string | undefined) => Problem | undefined {
  const known = allowed === null ? null : new Set(allowed.map((host) => host.toLowerCase()))
  let last: string | null = null
  return (host) => {
    if (host === undefined) return malformed
    if (host === last) return undefined
    if (!isAuthority(host)) return malformed
    const name = host.toLowerCase()
    if (known !== null && !known.has(name) && !known.has(name.replace(/:[0-9]+$/, '')))
      return problem('misdirected-request')
    last = host
    return undefined
  }
}
