import { claimAt, identifierText } from '../access/claims.ts'
import type { Members } from '../support/values.ts'
import type { JwtIssuer } from '../vocabulary.ts'
import { boundToKey, eventClaim, hashClaims, isRefreshOfUaa, otherUse, useClaims } from '../words/tokenMarks.ts'
import { fault, type TokenFault } from './token.ts'

/** What the tokens of an issuer must say about their audience and their client. */
export interface KindRules extends Pick<JwtIssuer, 'accessMarks'> {
  /** `null`: tokens must have no `aud`. */
  readonly audience: readonly string[] | null
  /** Empty: any client. */
  readonly clientIds: readonly string[]
}

/** Claims that name the client of a token. Okta writes `cid`, Entra ID `appid` in tokens of version 1.0. */
const clientClaims = ['azp', 'client_id', 'cid', 'appid'] as const
/** Those that count where `clientIds` stands in place of the audience. */
const standardClientClaims = ['azp', 'client_id'] as const

/**
 * Why a token with a valid signature is not an access token for this gateway; `null`: it is one (rule J4). The only place that
 * judges this. `type`: the header `typ`, in lower case, without `application/`.
 *
 * A mark of another kind always refuses. A `nonce`, which old versions of Keycloak copy into access tokens, refuses unless the
 * token says that it is an access token. An `aud` that names a client is what ID tokens have, so such a token needs a mark of an
 * access token.
 */
export function refusedKind(claims: Members, type: string, rules: KindRules): TokenFault | null {
  if (Object.hasOwn(claims, eventClaim)) return ofKind('a logout token or another security event')
  for (const name of useClaims) {
    for (const use of [claims[name]].flat()) {
      const other = otherUse(name, use)
      if (other !== undefined) return ofKind(other)
    }
  }
  if (isRefreshOfUaa(claims)) return ofKind('a refresh token')
  if (hashClaims.some((name) => Object.hasOwn(claims, name))) return ofKind('an ID token')
  if (Object.hasOwn(claims, 'nonce') && type !== 'at+jwt' && claims['typ'] !== 'Bearer') return ofKind('an ID token')
  return (
    clientFault(claims, rules) ??
    (isForClient(claims, rules) && !isMarked(claims, type, rules) ? ofKind('an ID token') : null)
  )
}

/** The fault of a token of another kind. */
function ofKind(kind: string): TokenFault {
  return kind === boundToKey ? fault('token-bound') : fault('token-kind', kind)
}

/** Every claim that names the client must name one of `clientIds`, and at least one claim must do so. */
function clientFault(claims: Members, { audience, clientIds }: KindRules): TokenFault | null {
  if (audience === null && Object.hasOwn(claims, 'aud')) return fault('token-audience', 'has an audience')
  if (audience !== null && clientIds.length === 0) return null
  const present = (audience === null ? standardClientClaims : clientClaims).filter((name) =>
    Object.hasOwn(claims, name),
  )
  const accepted = present.every((name) => clientIds.some((id) => id === claims[name]))
  return present.length > 0 && accepted ? null : fault('token-client')
}

/** Whether an audience of a token is its client, or a known client of the issuer. */
function isForClient(claims: Members, { clientIds }: KindRules): boolean {
  const clients = new Set<unknown>([...clientIds, ...clientClaims.flatMap((name) => claims[name]).map(identifierText)])
  return [claims['aud']].flat().some((name) => typeof name === 'string' && clients.has(name))
}

/** Whether a token has a mark of an access token. Values are compared exactly. */
function isMarked(claims: Members, type: string, { accessMarks }: KindRules): boolean {
  return (
    type === 'at+jwt' ||
    claims['typ'] === 'Bearer' ||
    claims['token_use'] === 'access' ||
    claims['gty'] === 'client-credentials' ||
    hasScope(claims['scope']) ||
    hasScope(claims['scp']) ||
    accessMarks.some(({ claim, texts }) =>
      [claimAt(claims, claim)].flat().some((value) => typeof value === 'string' && texts.includes(value)),
    )
  )
}

/** A text with a scope in it, or a list of such texts. */
function hasScope(claim: unknown): boolean {
  if (typeof claim === 'string') return claim.trim() !== ''
  return (
    Array.isArray(claim) && claim.length > 0 && claim.every((scope) => typeof scope === 'string' && scope.trim() !== '')
  )
}
