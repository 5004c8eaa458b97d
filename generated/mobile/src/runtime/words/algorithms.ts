/** Kinds of keys that verify signatures. Curves have OpenSSL's names. */
export type KeyKind = 'rsa' | 'prime256v1' | 'secp384r1' | 'secp521r1' | 'ed25519'

/** Signature algorithms that a gateway accepts, all asymmetric (rule J1), and the kind of key that each requires. */
const keyKinds: Readonly<Record<string, KeyKind>> = {
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

export const algorithmNames: readonly string[] = Object.keys(keyKinds)

export function isAlgorithm(name: string): boolean {
  return Object.hasOwn(keyKinds, name)
}

/** The kind of key that an algorithm requires; `null`: the algorithm is not accepted. */
export function keyKindOf(algorithm: string): KeyKind | null {
  return Object.hasOwn(keyKinds, algorithm) ? (keyKinds[algorithm] ?? null) : null
}
