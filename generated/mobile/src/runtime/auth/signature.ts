import { constants, type KeyObject, type VerifyKeyObjectInput, verify } from 'node:crypto'
import { kindOf } from '../support/keyKinds.ts'

/** How signatures of an algorithm are made (RFC 7518 sections 3.3 to 3.5, RFC 8037 section 3.1). */
interface Scheme {
  /** `null`: the algorithm has its own. */
  readonly hash: string | null
  readonly options: Omit<VerifyKeyObjectInput, 'key'>
  /** Bytes of a signature; `null`: as many as the key's modulus, which OpenSSL checks. */
  readonly length: number | null
}

const pkcs1 = (hash: string): Scheme => ({
  hash,
  options: { padding: constants.RSA_PKCS1_PADDING },
  length: null,
})
/** The salt is exactly as long as the hash. Without `saltLength` OpenSSL would accept any length. */
const pss = (hash: string, saltLength: number): Scheme => ({
  hash,
  options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength },
  length: null,
})
/** The two numbers of equal length, one after the other, instead of DER. */
const ecdsa = (hash: string, length: number): Scheme => ({ hash, options: { dsaEncoding: 'ieee-p1363' }, length })
const ed25519: Scheme = { hash: null, options: {}, length: 64 }

const schemes: ReadonlyMap<string, Scheme> = new Map([
  ['RS256', pkcs1('sha256')],
  ['RS384', pkcs1('sha384')],
  ['RS512', pkcs1('sha512')],
  ['PS256', pss('sha256', 32)],
  ['PS384', pss('sha384', 48)],
  ['PS512', pss('sha512', 64)],
  ['ES256', ecdsa('sha256', 64)],
  ['ES384', ecdsa('sha384', 96)],
  ['ES512', ecdsa('sha512', 132)],
  ['EdDSA', ed25519],
  ['Ed25519', ed25519],
])

/** Bits of the longest RSA key that is used in line, and the usual exponent: a check takes up to 0.1 ms. Others take longer. */
const longestInLine = 4_096
const usualExponent = 65_537n

/**
 * Whether a signature is right. The key must fit the algorithm (`support/keyKinds.ts`). A check that would hold up other requests
 * is made by a thread of the pool, and a promise returned.
 */
export function isSigned(
  algorithm: string,
  key: KeyObject,
  input: Buffer,
  signature: Buffer,
): boolean | Promise<boolean> {
  const scheme = schemes.get(algorithm)
  if (scheme === undefined || (scheme.length !== null && signature.length !== scheme.length)) return false
  const { hash, options } = scheme
  if (isQuick(key)) {
    try {
      return verify(hash, input, { ...options, key }, signature)
    } catch {
      return false
    }
  }
  return new Promise<boolean>((resolve) => {
    verify(hash, input, { ...options, key }, signature, (error, isRight) => resolve(error === null && isRight))
  }).catch(() => false)
}

function isQuick(key: KeyObject): boolean {
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  switch (kindOf(key)) {
    case 'rsa':
      return modulusLength <= longestInLine && publicExponent === usualExponent
    case 'prime256v1':
    case 'ed25519':
      return true
    default:
      // OpenSSL takes milliseconds for P-384 and P-521.
      return false
  }
}
