import { below, type Origin } from '../support/index.ts'
import { secondsOf } from './quantities.ts'
import type { CredentialModel } from './types.ts'
import { child, optionalSetting, type Section, section, settingOr, text, texts } from './values.ts'

/** Seconds that a minted identity token is valid unless the manifest says otherwise. */
const LIFETIME = 60

/** `credential: ...` of a service or an exposed operation: one or several; `null` when nothing is said. */
export function credentialsOf(parent: Section): readonly CredentialModel[] | null {
  const value = parent.value['credential']
  if (value === undefined) return null
  const origin = below(parent.origin, 'credential')
  if (Array.isArray(value)) return value.flatMap((item, index) => credential(item, below(origin, index)))
  return credential(value, origin)
}

function credential(value: unknown, origin: Origin): readonly CredentialModel[] {
  if (value === 'none' || value === 'principal') return [{ kind: value, origin }]
  const whole = section(value as Section['value'], origin)
  const [name = ''] = Object.keys(whole.value)
  const part = child(whole, name)
  const model = part === null ? null : withSettings(name, part)
  return model === null ? [] : [model]
}

function withSettings(kind: string, part: Section): CredentialModel | null {
  const { origin } = part
  switch (kind) {
    case 'header':
      return { kind, name: text(part, 'name') ?? '', value: settingOr(part, 'value', ''), origin }
    case 'basic':
      return { kind, username: settingOr(part, 'username', ''), password: settingOr(part, 'password', ''), origin }
    case 'client':
      return { kind, ...tokenEndpoint(part), audience: optionalSetting(part, 'audience'), origin }
    case 'exchange':
      return { kind, ...tokenEndpoint(part), audience: settingOr(part, 'audience', ''), origin }
    case 'identity':
      return {
        kind,
        issuer: settingOr(part, 'issuer', '${GATEWAY_ISSUER}'),
        audience: settingOr(part, 'audience', ''),
        key: settingOr(part, 'key', '${GATEWAY_IDENTITY_KEY}'),
        claims: texts(part, 'claims'),
        lifetime: secondsOf(text(part, 'lifetime')) ?? LIFETIME,
        origin,
      }
    case 'mtls':
      return {
        kind,
        cert: settingOr(part, 'cert', ''),
        key: settingOr(part, 'key', ''),
        ca: optionalSetting(part, 'ca'),
        origin,
      }
    default:
      return null
  }
}

function tokenEndpoint(part: Section) {
  return {
    tokenUrl: settingOr(part, 'tokenUrl', '${OIDC_TOKEN_URL}'),
    clientId: settingOr(part, 'clientId', '${OIDC_CLIENT_ID}'),
    clientSecret: settingOr(part, 'clientSecret', '${OIDC_CLIENT_SECRET}'),
    scopes: texts(part, 'scopes'),
  }
}
