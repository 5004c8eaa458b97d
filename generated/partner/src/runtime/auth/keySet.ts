import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { fits, kindOf } from '../support/keyKinds.ts'
import { isMembers, type Members } from '../support/values.ts'
import { isAlgorithm } from '../words/algorithms.ts'

/** A public key that signatures are verified with. */
export interface VerificationKey {
  readonly kid: string | undefined
  /** The algorithm that the issuer names for it; `undefined`: any that fits the key. */
  readonly algorithm: string | undefined
  readonly key: KeyObject
  /** Equal for the same key, id and algorithm. */
  readonly fingerprint: string
  /** Whether the issuer has withdrawn it; tokens verified with it are then no longer valid. */
  retired: boolean
}

const maxKeys = 100
const maxIdentifier = 256

/**
 * Reads a JSON Web Key Set (RFC 7517). Keys that cannot verify signatures, are too weak, have contradictory members or are private
 * are left out. `null`: not a key set, too many keys, or no usable key.
 */
export function parseKeySet(body: unknown): readonly VerificationKey[] | null {
  if (!isMembers(body) || !Array.isArray(body['keys']) || body['keys'].length > maxKeys) return null
  const keys = body['keys'].flatMap((jwk: unknown) => {
    const key = isMembers(jwk) ? verificationKey(jwk) : null
    return key === null ? [] : [key]
  })
  // One object per key: a key that is listed twice must be retired as a whole.
  const distinct = [...new Map(keys.map((key) => [key.fingerprint, key])).values()]
  return distinct.length === 0 ? null : distinct
}

/** The keys of a set that may have signed a token. A token without `kid` may have been signed with any that fits. */
export function selectKeys(
  keys: readonly VerificationKey[],
  kid: string | undefined,
  algorithm: string,
): readonly VerificationKey[] {
  return keys.filter(
    (key) =>
      (kid === undefined || key.kid === kid) &&
      (key.algorithm === undefined || key.algorithm === algorithm) &&
      fits(key.key, algorithm),
  )
}

function verificationKey(jwk: Members): VerificationKey | null {
  const { kid, alg, use, key_ops: operations } = jwk
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > maxIdentifier)) return null
  if (alg !== undefined && (typeof alg !== 'string' || !isAlgorithm(alg))) return null
  if (use !== undefined && use !== 'sig') return null
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return null
  const key = publicKey(jwk)
  if (key === null || kindOf(key) === null || (alg !== undefined && !fits(key, alg))) return null
  const material = key.export({ format: 'der', type: 'spki' })
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([kid, alg]))
    .update(material)
    .digest('base64url')
  return { kid, algorithm: alg, key, fingerprint, retired: false }
}

/** `null` also for private and symmetric keys: signatures with a published key prove nothing. */
function publicKey(jwk: Members): KeyObject | null {
  if ('d' in jwk || 'k' in jwk) return null
  try {
    return createPublicKey({ format: 'jwk', key: jwk as JsonWebKey })
  } catch {
    return null
  }
}
