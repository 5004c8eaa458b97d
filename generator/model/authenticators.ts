import { apiKeySettings, issuerSettings, type Section, section, text, valuesOf } from '../settings/index.ts'
import { below } from '../support/index.ts'
import type { AuthenticatorModel, JwtIssuerModel } from './types.ts'

export function authenticator(id: string, part: Section): AuthenticatorModel {
  const { origin } = part
  if (text(part, 'type') === 'jwt') return { id, kind: 'jwt', issuers: issuersOf(part), origin }
  const { name, ...settings } = valuesOf(apiKeySettings, part)
  return { id, kind: 'api-key', ...settings, header: name, origin }
}

function issuersOf(part: Section): readonly JwtIssuerModel[] {
  const list = part.value['issuers']
  if (!Array.isArray(list)) return [issuer(part)]
  const origin = below(part.origin, 'issuers')
  return list.map((item, index) => issuer(section(item, below(origin, index))))
}

function issuer(part: Section): JwtIssuerModel {
  const { typ, ...settings } = valuesOf(issuerSettings, part)
  return { ...settings, type: typ, origin: part.origin }
}
