import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose/jwt/sign'
import type { Principal } from '../access/principal.ts'
import type { Environment } from '../environment/environment.ts'
import { requiredText } from '../environment/requiredText.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import { createSingleFlight, type SingleFlight } from '../support/singleFlight.ts'
import type { Credential } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'
import { readSigningKeys, type SigningKey } from './signingKey.ts'
import type { Apply } from './types.ts'

interface Minted {
  readonly authorization: string
  /** Monotonic ms. */
  readonly until: number
}

export interface IdentityCredential {
  readonly apply: Apply
  /** Public keys for services to verify the tokens with. */
  readonly keys: readonly SigningKey['jwk'][]
}

/**
 * A short-lived JWT about the caller, signed by the gateway. A subject is unique only together with its issuer, so `sub_id` (RFC
 * 9493 section 3.2.3) contains both. A token is reused for half of its lifetime and does not outlive the caller's own credential.
 */
export function createIdentityCredential(
  written: Extract<Credential, { kind: 'identity' }>,
  environment: Environment,
  use: string,
  { clock, monotonic, observer }: Surroundings,
): IdentityCredential {
  const issuer = requiredText(environment, written.issuer, `${use}: the issuer`)
  const audience = requiredText(environment, written.audience, `${use}: the audience`)
  const pem = requiredText(environment, written.key, `${use}: the key`)
  const keys = readSigningKeys(pem)
  if (pem !== '' && keys === null) {
    environment.refuse(
      `${use}: the key (${written.key}) is not PKCS #8 PEM of an EC P-256 key or an RSA key of 2048 bits or more`,
    )
  }
  const minted = new WeakMap<Principal, Minted>()
  const mints = new WeakMap<Principal, SingleFlight<Problem | null>>()
  const anonymous = problem('forbidden', { reason: 'caller-missing', detail: use })
  const broken = problem('internal', { reason: 'credential-unsigned', detail: use })

  async function mint(principal: Principal): Promise<Problem | null> {
    if (keys === null) return broken
    const [{ key, algorithm, kid }] = keys
    const startedAt = monotonic()
    const now = Math.floor(clock() / 1_000)
    // A caller's credential may have expired within the tolerated clock skew: the token then lives for 1 s.
    const life = Math.max(1, Math.min(written.lifetime, (principal.expires ?? Number.POSITIVE_INFINITY) - now))
    const claims: Record<string, unknown> = {}
    if (written.claims.length > 0) {
      const own = principal.claims
      for (const name of written.claims) if (Object.hasOwn(own, name)) claims[name] = own[name]
    }
    const registered = {
      iss: issuer,
      aud: audience,
      sub: principal.subject,
      sub_id: { format: 'iss_sub', iss: principal.issuer, sub: principal.subject },
      iat: now,
      exp: now + life,
      jti: randomUUID(),
    }
    const token = await new SignJWT({ ...claims, ...registered })
      .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
      .sign(key)
    minted.set(principal, { authorization: `Bearer ${token}`, until: startedAt + (life * 1_000) / 2 })
    return null
  }

  function mintOnce(principal: Principal): Promise<Problem | null> {
    let flight = mints.get(principal)
    if (flight === undefined) {
      flight = createSingleFlight(() =>
        mint(principal).catch(() => {
          observer.credentialUnsigned({ credential: use })
          return broken
        }),
      )
      mints.set(principal, flight)
    }
    return flight.run()
  }

  return {
    keys: keys?.map(({ jwk }) => jwk) ?? [],
    apply({ principal }, headers) {
      if (principal === null) return anonymous
      const held = minted.get(principal)
      if (held !== undefined && monotonic() < held.until) {
        headers['authorization'] = held.authorization
        return undefined
      }
      return mintOnce(principal).then((failed) => {
        const fresh = minted.get(principal)
        if (failed !== null || fresh === undefined) return failed ?? broken
        headers['authorization'] = fresh.authorization
        return undefined
      })
    },
  }
}
