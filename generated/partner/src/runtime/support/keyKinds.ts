import type { KeyObject } from 'node:crypto'
import { type KeyKind, keyKindOf } from '../words/algorithms.ts'

/** Whether a key may verify signatures of an algorithm. */
export function fits(key: KeyObject, algorithm: string): boolean {
  const needed = keyKindOf(algorithm)
  return needed !== null && needed === kindOf(key)
}

/** The kind of a key; `null`: it is too weak, or no accepted algorithm uses it (RFC 8725 section 3.5, RFC 7518 section 3.3). */
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
