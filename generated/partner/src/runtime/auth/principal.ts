import { claimAt } from '../access/claims.ts'
import type { Principal } from '../access/principal.ts'
import { freezeDeep, type Members } from '../support/values.ts'
import type { JwtIssuer } from '../vocabulary.ts'

/** The caller that a verified token speaks of. */
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
 * Scopes are the exact members of a space-separated text (RFC 6749 section 3.3). The claim `scope` is that and nothing else (RFC
 * 8693 section 4.2); a claim of another name may be a list of texts too, as `scp` and `permissions` are with some issuers.
 * Anything else gives no scopes at all (rule J10).
 */
function scopesIn(claim: unknown, path: readonly string[]): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((scope) => scope !== '')
  const isStandard = path.length === 1 && path[0] === 'scope'
  return !isStandard && isTexts(claim) ? claim : []
}

/** A role is a whole text: nothing is split. */
function rolesIn(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return [claim]
  return isTexts(claim) ? claim : []
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string')
}
