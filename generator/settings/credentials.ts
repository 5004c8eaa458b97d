import { below, type JsonValue, type Origin } from '../support/index.ts'
import { defined, envText, text, texts, wholeSeconds } from './parsers.ts'
import { valuesOf } from './read.ts'
import { optional, required, setting } from './row.ts'
import type { CredentialModel } from './types.ts'
import { section } from './values.ts'

const levels = ['credential'] as const

const tokenEndpoint = {
  tokenUrl: setting({
    levels,
    value: envText(),
    default: '${OIDC_TOKEN_URL}',
    example: 'https://id.example/token',
    description: 'Token endpoint of the authorization server.',
  }),
  clientId: setting({
    levels,
    value: envText(),
    default: '${OIDC_CLIENT_ID}',
    example: '${ORDERS_CLIENT_ID}',
    description: "The gateway's client id there.",
  }),
  clientSecret: setting({
    levels,
    value: envText(defined('secret')),
    default: '${OIDC_CLIENT_SECRET}',
    example: '${ORDERS_CLIENT_SECRET}',
    description: "The gateway's client secret, as a reference to the environment.",
  }),
  scopes: setting({
    levels,
    value: texts({ items: { type: 'string', minLength: 1, description: 'A scope to ask for.' } }),
    default: [],
    example: ['orders:read'],
    description: 'Scopes to ask for.',
  }),
}

/** The settings of each kind of credential. `none` and `principal` have none. */
export const credentialSettings = {
  header: {
    name: required({
      levels,
      value: text(defined('fieldName')),
      empty: '',
      example: 'X-Api-Key',
      description: 'Name of the header.',
    }),
    value: required({
      levels,
      value: envText(defined('secret')),
      empty: '',
      example: '${ORDERS_KEY}',
      description: 'Its value, as a reference to the environment; text may stand around it, as in `Token ${NAME}`.',
    }),
  },
  basic: {
    username: required({ levels, value: envText(), empty: '', example: '${ERP_USER}', description: 'The user name.' }),
    password: required({
      levels,
      value: envText(defined('secret')),
      empty: '',
      example: '${ERP_PASSWORD}',
      description: 'The password, as a reference to the environment.',
    }),
  },
  client: {
    ...tokenEndpoint,
    audience: optional({
      levels,
      value: envText(),
      otherwise: 'none',
      example: 'orders',
      description: 'Audience to ask for, where the authorization server wants one.',
    }),
  },
  exchange: {
    ...tokenEndpoint,
    audience: required({
      levels,
      value: envText(),
      empty: '',
      example: 'orders',
      description: 'Audience of the new token.',
    }),
  },
  identity: {
    issuer: setting({
      levels,
      value: envText(),
      default: '${GATEWAY_ISSUER}',
      example: 'https://api.shop.example',
      description: 'Its `iss`.',
    }),
    audience: required({ levels, value: envText(), empty: '', example: 'orders', description: 'Its `aud`.' }),
    key: setting({
      levels,
      value: envText(defined('secret')),
      default: '${GATEWAY_IDENTITY_KEY}',
      example: '${GATEWAY_KEY}',
      description: 'Private key that signs it, PKCS #8 PEM, as a reference to the environment.',
    }),
    claims: setting({
      levels,
      value: texts({ items: { ...defined('claimName'), description: 'A claim of the caller.' } }),
      default: [],
      example: ['email'],
      description: 'Claims of the caller to copy, besides `sub`.',
    }),
    lifetime: setting({
      levels,
      value: wholeSeconds,
      default: '60s',
      example: '30s',
      description: 'How long it is valid.',
    }),
  },
  mtls: {
    cert: required({
      levels,
      value: envText(defined('file')),
      empty: '',
      example: 'certs/gateway.pem',
      description: 'Certificate chain.',
    }),
    key: required({
      levels,
      value: envText(defined('file')),
      empty: '',
      example: 'certs/gateway.key',
      description: 'Private key.',
    }),
    ca: optional({
      levels,
      value: envText(defined('file')),
      otherwise: 'those of the system',
      example: 'certs/authority.pem',
      description: "Certificate authorities that the service's certificate must come from.",
    }),
  },
}

/** `credential: ...`: one or several. */
export function credentialsOf(written: JsonValue, origin: Origin): readonly CredentialModel[] {
  if (Array.isArray(written)) return written.flatMap((item, index) => credential(item, below(origin, index)) ?? [])
  return [credential(written, origin)].flatMap((one) => one ?? [])
}

function credential(written: JsonValue, at: Origin): CredentialModel | null {
  if (written === 'none' || written === 'principal') return { kind: written, origin: at }
  const [[kind, value] = ['', null]] = Object.entries(section(written, at).value)
  const origin = below(at, kind)
  const part = section(value, origin)
  switch (kind) {
    case 'header':
      return { kind, ...valuesOf(credentialSettings.header, part), origin }
    case 'basic':
      return { kind, ...valuesOf(credentialSettings.basic, part), origin }
    case 'client':
      return { kind, ...valuesOf(credentialSettings.client, part), origin }
    case 'exchange':
      return { kind, ...valuesOf(credentialSettings.exchange, part), origin }
    case 'identity':
      return { kind, ...valuesOf(credentialSettings.identity, part), origin }
    case 'mtls':
      return { kind, ...valuesOf(credentialSettings.mtls, part), origin }
    default:
      return null
  }
}
