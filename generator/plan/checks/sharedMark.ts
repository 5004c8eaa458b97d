import { accessMarkFault } from '../../../templates/runtime/words/tokenMarks.ts'
import { readClaimPath } from '../draft/expression/reference.ts'
import type { Check } from './check.ts'

/** A mark of access tokens that does not tell them from other tokens of their issuer (rule J4). */
export const sharedMark: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.authenticators
      .flatMap((authenticator) => (authenticator.kind === 'jwt' ? authenticator.issuers : []))
      .flatMap(({ accessMarks, issuer }) =>
        accessMarks.flatMap(({ claim, texts, origin }) => {
          const fault = accessMarkFault(readClaimPath(claim), texts)
          if (fault === null) return []
          return [
            {
              message: `The claim \`${claim}\`, which is to mark access tokens of \`${issuer.text}\`, ${fault}.`,
              origin,
              remedy: 'Name a claim that only access tokens of this issuer have, such as `idtyp: app`.',
            },
          ]
        }),
      ),
}
