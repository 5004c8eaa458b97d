import type { JsonValue } from '../read/types.ts'
import { below } from '../support/index.ts'
import { secondsOf } from './quantities.ts'
import type { AuthenticatorModel, JwtIssuerModel } from './types.ts'
import { optionalSetting, placedTexts, type Section, section, settingOr, settings, text } from './values.ts'

/** Asymmetric only (RFC 8725 section 3.2); each needs no agreement on a shared secret. */
const ALGORITHMS: readonly string[] = ['RS256', 'PS256', 'ES256', 'EdDSA']
/** Seconds. */
const CLOCK_SKEW = 30

export function authenticator(id: string, part: Section): AuthenticatorModel {
  const { origin } = part
  if (text(part, 'type') === 'jwt') return { id, kind: 'jwt', issuers: issuersOf(part), origin }
  return {
    id,
    kind: 'api-key',
    in: { value: text(part, 'in') ?? 'header', origin: below(origin, 'in') },
    header: { value: text(part, 'name') ?? 'X-API-Key', origin: below(origin, 'name') },
    keys: settingOr(part, 'keys', ''),
    pepper: settingOr(part, 'pepper', '${API_KEY_PEPPER}'),
    origin,
  }
}

function issuersOf(part: Section): readonly JwtIssuerModel[] {
  const list = part.value['issuers']
  if (!Array.isArray(list)) return [issuer(part)]
  const origin = below(part.origin, 'issuers')
  return list.map((item: JsonValue, index) => issuer(section(item, below(origin, index))))
}

function issuer(part: Section): JwtIssuerModel {
  const { origin } = part
  const algorithms = placedTexts(part, 'algorithms')
  return {
    issuer: settingOr(part, 'issuer', ''),
    audience: settings(part, 'audience'),
    jwks: optionalSetting(part, 'jwks'),
    algorithms: algorithms.length > 0 ? algorithms : ALGORITHMS.map((value) => ({ value, origin })),
    type: text(part, 'typ') === 'jwt' ? 'jwt' : 'at+jwt',
    scopes: part.value['scopes'] === null ? null : (text(part, 'scopes') ?? 'scope'),
    roles: text(part, 'roles'),
    clockSkew: secondsOf(text(part, 'clockSkew')) ?? CLOCK_SKEW,
    maxAge: secondsOf(text(part, 'maxAge')),
    origin,
  }
}
