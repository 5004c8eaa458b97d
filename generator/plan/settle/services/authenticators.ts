import type { Authenticator, Client, HeadLimits } from '../../../../templates/runtime/vocabulary.ts'
import { inherited } from '../../../../templates/runtime/words/inherited.ts'
import type { AuthenticatorModel, ClientManifest } from '../../../model/types.ts'
import { decidedMembers, defaultOf, resolve } from '../../../settings/index.ts'
import { hasNoAudience } from '../../draft/audience.ts'
import { readClaimPath } from '../../draft/expression/reference.ts'

/** The contents of an emitted gateway's `client.ts`, in the order in which they are printed. */
export function clientOf(
  gateway: string,
  client: ClientManifest,
  authenticators: readonly AuthenticatorModel[],
  head: HeadLimits,
): Client {
  const { cors } = client
  const settings = resolve('client', { client: client.settings })
  return {
    gateway,
    name: client.id,
    authenticators: Object.fromEntries(
      authenticators.map((authenticator) => [authenticator.id, authenticatorOf(authenticator)]),
    ),
    cors:
      cors === null
        ? null
        : {
            origins: cors.origins.map(({ text }) => text),
            credentials: cors.credentials,
            expose: cors.expose,
            maxAge: cors.maxAge,
          },
    publicHosts: client.publicHosts?.map(({ text }) => text) ?? null,
    trustedProxies: client.trustedProxies.map(({ text }) => text),
    unverifiedTls: settings.unverifiedTls.value,
    basePath: client.basePath,
    stripBasePath: client.stripBasePath,
    ownPath: client.ownPath,
    unfinishedBodies: settings.unfinishedBodies.value,
    tokenCache: settings.tokenCache.value,
    maxHeld: settings.maxHeld.value,
    head,
    ...decidedMembers(inherited.request, settings),
    maxBody: defaultOf('maxBody'),
  }
}

function authenticatorOf(authenticator: AuthenticatorModel): Authenticator {
  if (authenticator.kind === 'api-key') {
    return {
      kind: 'api-key',
      header: authenticator.header.value,
      keys: authenticator.keys.text,
      pepper: authenticator.pepper.text,
    }
  }
  return {
    kind: 'jwt',
    issuers: authenticator.issuers.map((issuer) => ({
      issuer: issuer.issuer.text,
      audience: hasNoAudience(issuer) ? null : issuer.audience.map(({ text }) => text),
      clientIds: issuer.clientIds.map(({ text }) => text),
      accessMarks: issuer.accessMarks.map(({ claim, texts }) => ({ claim: readClaimPath(claim), texts })),
      jwks: issuer.jwks?.text ?? null,
      algorithms: issuer.algorithms.map(({ value }) => value),
      type: issuer.type,
      scopes: issuer.scopes === null ? null : readClaimPath(issuer.scopes),
      roles: issuer.roles === null ? null : readClaimPath(issuer.roles),
      clockSkew: issuer.clockSkew,
      maxAge: issuer.maxAge,
    })),
  }
}
