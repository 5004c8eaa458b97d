import { claimAt } from '../access/claims.ts'
import type { Principal } from '../access/principal.ts'
import { freezeDeep, type Members } from '../support/values.ts'
import type { JwtIssuer } from '../vocabulary.ts'

/** The caller that a verified token identifies. */
export function principalOf(
  claims: Members & { readonly sub: string; readonly exp: number },
  token: string,
  authenticator: string,
  issuer: string,
  { scopes, roles }: Pick<JwtIssuer, 'scopes' | 'roles'>,
): Principal {
  return Object.freeze({
    authenticator,
    issuer,
    subject: claims.sub,
    scopes: new Set(scopes === null ? [] : scopesIn(claimAt(claims, scopes), scopes)),
    roles: new Set(roles === null ? [] : rolesIn(claimAt(claims, roles))),
    claims: freezeDeep(claims),
    token,
    expires: claims.exp,
  })
}

/**
 * Scopes are the exact members of a space-separated string (RFC 6749 section 3.3). The claim `scope` must be such a string (RFC
 * 8693 section 4.2). A claim of another name may also be a list of strings, as `scp` and `permissions` of some issuers.
 * Any other value gives no scopes (rule J10).
 */
function scopesIn(claim: unknown, path: readonly string[]): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((scope) => scope !== '')
  const isStandard = path.length === 1 && path[0] === 'scope'
  return !isStandard && isTexts(claim) ? claim : []
}

/** Each string is one role; it is not split. */
function rolesIn(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return [claim]
  return isTexts(claim) ? claim : []
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string')
}
