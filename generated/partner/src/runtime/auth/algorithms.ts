import type { KeyObject } from 'node:crypto'

type KeyKind = 'rsa' | 'prime256v1' | 'secp384r1' | 'secp521r1' | 'ed25519'

/** Signature algorithms a gateway accepts, all asymmetric (rule J1), and the one kind of key that each goes with. */
const algorithms: Readonly<Record<string, KeyKind>> = {
  RS256: 'rsa',
  RS384: 'rsa',
  RS512: 'rsa',
  PS256: 'rsa',
  PS384: 'rsa',
  PS512: 'rsa',
  ES256: 'prime256v1',
  ES384: 'secp384r1',
  ES512: 'secp521r1',
  EdDSA: 'ed25519',
  Ed25519: 'ed25519',
}

export const algorithmNames: readonly string[] = Object.keys(algorithms)

export function isAlgorithm(name: string): boolean {
  return Object.hasOwn(algorithms, name)
}

/** Whether a key may verify signatures of an algorithm. */
export function fits(key: KeyObject, algorithm: string): boolean {
  return isAlgorithm(algorithm) && algorithms[algorithm] === kindOf(key)
}

/** What kind of key it is; `null`: one that is too weak, or of no use here (RFC 8725 section 3.5, RFC 7518 section 3.3). */
export function kindOf(key: KeyObject): KeyKind | null {
  const details = key.asymmetricKeyDetails ?? {}
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return (details.modulusLength ?? 0) >= 2_048 && (details.publicExponent ?? 0n) >= 65_537n ? 'rsa' : null
    case 'ec':
      return isCurve(details.namedCurve) ? details.namedCurve : null
    case 'ed25519':
      return 'ed25519'
    default:
      return null
  }
}

function isCurve(name: string | undefined): name is 'prime256v1' | 'secp384r1' | 'secp521r1' {
  return name === 'prime256v1' || name === 'secp384r1' || name === 'secp521r1'
}
