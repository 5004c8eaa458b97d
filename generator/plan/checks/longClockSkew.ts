import { below } from '../../support/index.ts'
import type { Check } from './check.ts'

/** Seconds. Clocks that are set by NTP differ by less than a second, and those of virtual machines that were paused by minutes. */
const longest = 300

/** Tokens are accepted for this time after they expire. */
export const longClockSkew: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.authenticators
      .flatMap((authenticator) => (authenticator.kind === 'jwt' ? authenticator.issuers : []))
      .filter(({ clockSkew }) => clockSkew > longest)
      .map(({ clockSkew, issuer, origin }) => ({
        message: `Tokens of \`${issuer.text}\` are accepted for ${clockSkew} s after they expire, and before they become valid.`,
        origin: below(origin, 'clockSkew'),
        remedy: 'Set the clocks by NTP, and write at most `5m`; 30 s is the default.',
      })),
}
