import { addressFault, endpointFault } from '../../../templates/runtime/words/webAddresses.ts'
import type { EnvTextModel } from '../../model/types.ts'
import type { Origin } from '../../support/index.ts'
import { credentialsIn } from '../draft/credentials.ts'
import { literalOf } from '../draft/envTexts.ts'
import type { Check, Finding } from './check.ts'

/** An address that cannot be called. The values of variables are checked when the gateway starts. */
export const badAddress: Check = {
  of: 'manifest',
  find: (clients, { manifest }) => {
    const ofServices = manifest.services.flatMap(({ id, url }) =>
      url.flatMap((setting) => judged(`of \`${id}\``, setting, addressFault)),
    )
    const ofIssuers = manifest.authenticators.flatMap((authenticator) =>
      authenticator.kind !== 'jwt'
        ? []
        : authenticator.issuers.flatMap(({ issuer, jwks }) =>
            jwks === null
              ? judged(`of the issuer of \`${authenticator.id}\`, whose keys are discovered,`, issuer, addressFault)
              : judged(`of the keys of \`${authenticator.id}\``, jwks, endpointFault),
          ),
    )
    const ofTokens = credentialsIn(clients, manifest).flatMap((credential) =>
      credential.kind === 'client' || credential.kind === 'exchange'
        ? judged(`of the token endpoint of \`${credential.kind}\``, credential.tokenUrl, endpointFault)
        : [],
    )
    const routes = clients.flatMap((client) => client.routes).filter(({ endpoints }) => endpoints.from === 'spec')
    const declared = routes.flatMap(({ endpoints, source }) =>
      endpoints.url
        .filter((url) => /^[a-z][a-z0-9+.-]*:\/\//i.test(url))
        .map((url) => url.replaceAll('$${', () => '${'))
        .flatMap((url) => finding(`of \`${source.manifest.id}\``, url, endpoints.origin, addressFault)),
    )
    return [...ofServices, ...declared, ...ofIssuers, ...ofTokens]
  },
}

function judged(whose: string, setting: EnvTextModel, faultOf: (address: string) => string | null): readonly Finding[] {
  const address = literalOf(setting)
  return address === null ? [] : finding(whose, address, setting.origin, faultOf)
}

function finding(
  whose: string,
  address: string,
  origin: Origin,
  faultOf: (address: string) => string | null,
): readonly Finding[] {
  const fault = faultOf(address)
  if (fault === null) return []
  const more = fault === 'has user information in it' ? ': that is a `credential`' : ''
  return [
    {
      message: `The address \`${address}\` ${whose} ${fault}${more}.`,
      origin,
      remedy:
        schemeless(address, faultOf) ??
        'An address has a scheme, a host, and optionally a port and a base path: `http://127.0.0.1:4101`, `https://api.example.com/v1`.',
    },
  ]
}

/** What to write if only the scheme is missing. */
function schemeless(address: string, faultOf: (address: string) => string | null): string | null {
  const full = `https://${address}`
  return !address.includes('://') && faultOf(full) === null ? `Write \`${full}\`, or with \`http://\`.` : null
}
