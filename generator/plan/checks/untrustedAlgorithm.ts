import { suggestion } from '../draft/suggest.ts'
import type { Check } from './check.ts'

/** Asymmetric signatures only (rule J1): whoever can verify must not be able to sign. */
const trusted = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

export const untrustedAlgorithm: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.authenticators.flatMap((authenticator) =>
      authenticator.kind !== 'jwt'
        ? []
        : authenticator.issuers.flatMap(({ algorithms }) =>
            algorithms
              .filter(({ value }) => !trusted.includes(value))
              .map(({ value, origin }) => ({
                message: `\`${authenticator.id}\` accepts the signature algorithm \`${value}\`, which ${fault(value)}.`,
                origin,
                remedy: /^(?:none|HS\d+)$/i.test(value)
                  ? `Take one of ${trusted.join(', ')}.`
                  : suggestion(value, trusted),
              })),
          ),
    ),
}

function fault(name: string): string {
  if (name.toLowerCase() === 'none') return 'signs nothing'
  return /^HS\d+$/i.test(name) ? 'lets everybody sign who can verify' : 'is not known'
}
