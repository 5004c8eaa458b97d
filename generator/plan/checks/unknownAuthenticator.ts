import { suggestion } from '../../support/index.ts'
import type { Check } from './check.ts'

/** A client that names an authenticator which the manifest does not have. */
export const unknownAuthenticator: Check = {
  of: 'client',
  find: ({ manifest, model }) => {
    const ids = model.manifest.authenticators.map(({ id }) => id)
    return manifest.authenticate
      .filter(({ value }) => !ids.includes(value))
      .map(({ value, origin }) => ({
        message: `\`${manifest.id}\` authenticates by \`${value}\`, which is not an authenticator of the manifest.`,
        origin,
        remedy:
          suggestion(value, ids) ??
          `Describe it:\n    authenticators:\n      ${value}: { type: jwt, issuer: '\${OIDC_ISSUER}', audience: ${model.manifest.name} }`,
      }))
  },
}
