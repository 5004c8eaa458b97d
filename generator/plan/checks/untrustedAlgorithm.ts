import { algorithmNames, isAlgorithm } from '../../../templates/runtime/words/algorithms.ts'
import { suggestion } from '../../support/index.ts'
import type { Check } from './check.ts'

/** A signature algorithm that is not asymmetric (rule J1): a party that can verify must not be able to sign. */
export const untrustedAlgorithm: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.authenticators.flatMap((authenticator) =>
      authenticator.kind !== 'jwt'
        ? []
        : authenticator.issuers.flatMap(({ algorithms }) =>
            algorithms
              .filter(({ value }) => !isAlgorithm(value))
              .map(({ value, origin }) => ({
                message: `\`${authenticator.id}\` accepts the signature algorithm \`${value}\`, which ${fault(value)}.`,
                origin,
                remedy: /^(?:none|HS\d+)$/i.test(value)
                  ? `Take one of ${algorithmNames.join(', ')}.`
                  : suggestion(value, algorithmNames),
              })),
          ),
    ),
}

function fault(name: string): string {
  if (name.toLowerCase() === 'none') return 'does not sign'
  return /^HS\d+$/i.test(name) ? 'is symmetric: every party that can verify can also sign' : 'is not known'
}
