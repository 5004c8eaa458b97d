import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { kindOf } from '../support/keyKinds.ts'

/** A private key of the gateway, and its public half for services. */
export interface SigningKey {
  readonly key: KeyObject
  readonly algorithm: 'ES256' | 'RS256'
  /** JWK thumbprint (RFC 7638). */
  readonly kid: string
  /** The public half, for the JWKS. */
  readonly jwk: JsonWebKey & { readonly kid: string; readonly alg: string; readonly use: 'sig' }
}

const block = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g

/**
 * Reads PKCS #8 PEM: the first key signs, the others are only published, for key rotation. `null`: there is no key, or one cannot
 * be used. Line breaks may be written `\n`, for environment variables of one line.
 */
export function readSigningKeys(pem: string): readonly [SigningKey, ...SigningKey[]] | null {
  const blocks = pem.replaceAll('\\n', '\n').match(block) ?? []
  const keys = blocks.map(signingKey)
  const [first, ...others] = keys
  if (first === undefined || first === null) return null
  const published = others.filter((key) => key !== null)
  return published.length === others.length ? [first, ...published] : null
}

function signingKey(pem: string): SigningKey | null {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    return null
  }
  const kind = kindOf(key)
  if (kind !== 'rsa' && kind !== 'prime256v1') return null
  const algorithm = kind === 'rsa' ? 'RS256' : 'ES256'
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  const kid = thumbprint(jwk)
  return { key, algorithm, kid, jwk: { ...jwk, kid, alg: algorithm, use: 'sig' } }
}

/** RFC 7638 section 3: the required members in lexicographic order. */
function thumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}
