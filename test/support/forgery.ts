import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import type { JWK } from 'jose'

/** Signs the first two segments of a token, as text in base64url. */
export type Signature = (input: string) => string

/** A key as it is published, and a function that signs with it. */
export interface Signer {
  readonly jwk: JWK
  readonly sign: Signature
}

export const base64urlAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function base64url(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}

/**
 * A token with any header, any payload (an object, or text as it is) and any signature, which libraries refuse to make.
 */
export function forge(header: object, payload: object | string, signature: Signature): string {
  const input = `${base64url(header)}.${base64url(payload)}`
  return `${input}.${signature(input)}`
}

export const anySignature: Signature = () => base64url('not a signature')

export function hs256(secret: string | Buffer): Signature {
  return (input) => createHmac('sha256', secret).update(input).digest('base64url')
}

/** Signs RS256 with a key of any strength. */
export function makeRsaSigner(modulusLength: number, publicExponent: number): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent })
  return {
    jwk: publicKey.export({ format: 'jwk' }) as JWK,
    sign: (input) => sign('sha256', Buffer.from(input), privateKey).toString('base64url'),
  }
}

/**
 * With exponent 1 every message is its own signature, so anyone can forge one (EMSA-PKCS1-v1_5, RFC 8017 section 9.2).
 */
export function makeExponentOneSigner(): Signer {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  return {
    jwk: { ...(publicKey.export({ format: 'jwk' }) as JWK), e: 'AQ' },
    sign(input) {
      const digest = createHash('sha256').update(input).digest()
      const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest])
      const padding = Buffer.alloc(256 - 3 - info.length, 0xff)
      return Buffer.concat([Buffer.from([0, 1]), padding, Buffer.from([0]), info]).toString('base64url')
    },
  }
}

/**
 * The same bytes in another encoding: the last character has another unused bit (a signature of 256 bytes has four).
 */
export function respelt(segment: string): string {
  const last = base64urlAlphabet.indexOf(segment.slice(-1))
  return segment.slice(0, -1) + base64urlAlphabet.charAt(last ^ 1)
}
