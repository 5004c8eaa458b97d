import type { Environment } from '../environment/environment.ts'
import { requiredText } from '../environment/requiredText.ts'
import type { Surroundings } from '../observe/surroundings.ts'
import type { EndpointClient } from '../support/httpClient.ts'
import type { Authenticator, JwtIssuer } from '../vocabulary.ts'
import { algorithmNames, isAlgorithm } from '../words/algorithms.ts'
import { accessMarkFault } from '../words/tokenMarks.ts'
import { addressFault, endpointFault } from '../words/webAddresses.ts'
import type { ClaimsMemory } from './claimsMemory.ts'
import { createKeyLoad } from './keyLoad.ts'
import { createKeySource, type KeySource } from './keySource.ts'
import { createVerifier, type IssuerRules, type Verifier } from './verifier.ts'

export type JwtAuthenticator = Extract<Authenticator, { kind: 'jwt' }>

/**
 * The verifiers of all issuers, by exact `iss`. Two authenticators may accept the same issuer for different audiences; they share
 * its keys. Issuers with missing or invalid settings are refused through `environment` and left out.
 */
export function createVerifiers(
  authenticators: Readonly<Record<string, JwtAuthenticator>>,
  environment: Environment,
  endpoint: EndpointClient,
  memory: ClaimsMemory,
  surroundings: Surroundings,
): ReadonlyMap<string, readonly Verifier[]> {
  const verifiers = new Map<string, Verifier[]>()
  const sources = new Map<string, KeySource>()

  /** One key source per issuer and JWKS address (rule J5). */
  function keysOf(issuer: string, address: string | null): KeySource {
    const name = JSON.stringify([issuer, address])
    const source =
      sources.get(name) ?? createKeySource(issuer, createKeyLoad(issuer, address, endpoint, surroundings), surroundings)
    sources.set(name, source)
    return source
  }

  for (const [name, { issuers }] of Object.entries(authenticators)) {
    for (const written of issuers) {
      const resolved = resolve(name, written, environment)
      if (resolved === null) continue
      const { rules, jwks } = resolved
      const verifier = createVerifier(rules, keysOf(rules.issuer, jwks), memory, surroundings)
      verifiers.set(rules.issuer, [...(verifiers.get(rules.issuer) ?? []), verifier])
    }
  }
  return verifiers
}

function resolve(
  authenticator: string,
  written: JwtIssuer,
  environment: Environment,
): { readonly rules: IssuerRules; readonly jwks: string | null } | null {
  const use = (what: string): string => `authenticator ${authenticator}: ${what}`
  const issuer = requiredText(environment, written.issuer, use('the issuer'))
  const jwks = written.jwks === null ? null : requiredText(environment, written.jwks, use('the JWKS address'))
  const texts = (settings: readonly string[], what: string): readonly string[] =>
    settings.map((setting) => requiredText(environment, setting, use(what)))
  const audience = written.audience === null ? null : texts(written.audience, 'an audience')
  const clientIds = texts(written.clientIds, 'a client id')

  const refusals: string[] = []
  const issuerFault = jwks === null && issuer !== '' ? addressFault(issuer) : null
  if (issuerFault !== null)
    refusals.push(`the issuer (${written.issuer}) ${issuerFault}, so its keys cannot be discovered`)
  const jwksFault = jwks !== null && jwks !== '' ? endpointFault(jwks) : null
  if (jwksFault !== null) refusals.push(`the JWKS address (${written.jwks}) ${jwksFault}`)
  if (audience?.length === 0) refusals.push('no audience is named')
  if (audience === null && clientIds.length === 0)
    refusals.push('tokens without an audience need the ids of their clients')
  for (const mark of written.accessMarks) {
    const markFault = accessMarkFault(mark.claim, mark.texts)
    if (markFault !== null) refusals.push(`the mark ${mark.claim.join('.')} ${markFault}`)
  }
  if (written.algorithms.length === 0 || !written.algorithms.every(isAlgorithm)) {
    refusals.push(`algorithms must be some of ${algorithmNames.join(', ')}`)
  }
  for (const refusal of refusals) environment.refuse(use(refusal))

  const complete = issuer !== '' && jwks !== '' && ![...(audience ?? []), ...clientIds].includes('')
  if (!complete || refusals.length > 0) return null
  return { rules: { ...written, authenticator, issuer, audience, clientIds }, jwks }
}
