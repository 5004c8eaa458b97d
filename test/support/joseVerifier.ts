import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, type JWK, jwtVerify } from 'jose'
import type { ClaimRules } from '../../templates/runtime/auth/claimRules.ts'
import { audience, type IdentityProvider } from './identityProvider.ts'

/**
 * What the package jose says about a token: the code of its error, `unverifiable` for other errors, and `null` if it accepts. The
 * options are those with which the rules of an issuer were given to it before the gateway verified tokens itself.
 */
export async function joseVerdict(
  token: string,
  key: KeyObject,
  algorithm: string,
  { issuer, audience, clockSkew, maxAge }: ClaimRules,
  now: number,
): Promise<string | null> {
  try {
    await jwtVerify(token, key, {
      algorithms: [algorithm],
      issuer,
      ...(audience === null ? {} : { audience: [...audience] }),
      requiredClaims: ['exp', 'sub'],
      clockTolerance: clockSkew,
      currentDate: new Date(now),
      ...(maxAge === null ? {} : { maxTokenAge: maxAge }),
    })
    return null
  } catch (error) {
    return error instanceof errors.JOSEError ? error.code : 'unverifiable'
  }
}

/** The code that jose has for what the gateway's checks in its place say, as `reason: detail`. Other faults have none. */
export const joseCodes: Readonly<Record<string, string>> = {
  'token-audience': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'token-claim: sub': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'token-claim: iat': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'token-claim: nbf': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'token-claim: exp': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'token-not-yet-valid: nbf': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'token-not-yet-valid: iat': 'ERR_JWT_CLAIM_VALIDATION_FAILED',
  'token-expired: exp': 'ERR_JWT_EXPIRED',
  'token-expired: iat, maxAge': 'ERR_JWT_EXPIRED',
}

function joseCode(refusal: string): string | undefined {
  return refusal.startsWith('token-signature:') ? 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' : joseCodes[refusal]
}

/**
 * Compares the refusal of a header field, as `reason: detail`, with what jose says, given the keys that the issuer of the token publishes, and throws if
 * they differ. `null`: the token was accepted. Faults that jose does not look for, such as a token of another kind, have no code
 * there and are left out.
 */
export async function compareWithJose(
  authorization: string,
  refusal: string | null,
  providers: readonly IdentityProvider[],
  rules: Partial<ClaimRules> = {},
): Promise<void> {
  const ours = refusal === null ? null : joseCode(refusal)
  if (ours === undefined) return
  const token = authorization.replace(/^bearer +/i, '')
  const { iss } = decodeJwt(token)
  const { alg = '' } = decodeProtectedHeader(token)
  const published = providers.flatMap((provider) => (provider.issuer === iss ? provider.published : []))
  const usual = { issuer: iss ?? '', audience: [audience], clockSkew: 30, maxAge: null }
  const verdicts = published
    .flatMap(publicKeys)
    .map((key) => joseVerdict(token, key, alg, { ...usual, ...rules }, Date.now()))
  const theirs = await Promise.all(verdicts)
  const agrees = theirs.includes(ours) && (ours === null || !theirs.includes(null))
  if (!agrees) throw new Error(`the gateway says ${refusal}, and jose ${theirs.join(', ')}`)
}

/** None for a symmetric key, or for one that is published with its private half: the gateway uses neither. */
function publicKeys(key: JWK): readonly KeyObject[] {
  return key.kty === 'oct' || key.d !== undefined ? [] : [createPublicKey({ format: 'jwk', key: key as JsonWebKey })]
}
