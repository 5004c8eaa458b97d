import { needsCaller } from './callerCredentials.ts'

/**
 * Whom a service's 401 concerns. `caller`: the caller, whose token is all that the service gets. `named`: the caller if
 * `WWW-Authenticate` names the scheme of the caller's token, else the gateway, whose own credential is sent too. `gateway`: the
 * gateway. `pass`: the caller, because the operation checks a credential in its own body.
 */
export type Concern = 'caller' | 'named' | 'gateway' | 'pass'

/** `kinds` of the credentials that a call is sent with; `certificate`: the connection has a client certificate. */
export function concernOf(
  unauthorized: 'pass' | undefined,
  kinds: readonly (string | undefined)[],
  certificate: boolean,
): Concern {
  if (unauthorized === 'pass') return 'pass'
  if (!kinds.includes('principal')) return 'gateway'
  return certificate || kinds.some((kind) => kind !== 'principal') ? 'named' : 'caller'
}

/**
 * Whom a 401 of the call for an anonymous caller concerns, on a route with optional sign-in. `kinds`: those for a caller. A service that
 * gets none of the gateway's own credentials misses that of the caller.
 */
export function concernWithoutCaller(
  unauthorized: 'pass' | undefined,
  kinds: readonly (string | undefined)[],
  certificate: boolean,
): Concern {
  const own = kinds.filter((kind) => !needsCaller(kind))
  if (own.length === kinds.length) return concernOf(unauthorized, kinds, certificate)
  return concernOf(unauthorized, ['principal', ...own], certificate)
}

/**
 * Whether a caller can use the challenges of a service's 401 or 403. Where the gateway makes the token that the service gets (`exchange`,
 * `identity`), they name the issuer of that token, from which no caller can get one: the gateway's own challenge is sent in their place.
 */
export function areForCaller(unauthorized: 'pass' | undefined, kinds: readonly (string | undefined)[]): boolean {
  return unauthorized === 'pass' || kinds.includes('principal')
}
