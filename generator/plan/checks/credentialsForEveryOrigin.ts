import { literalOf } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** Every page of the web could then act for a user who is logged in (Fetch standard, section 3.3.5 forbids the pair). */
export const credentialsForEveryOrigin: Check = {
  of: 'client',
  find: ({ manifest }) => {
    const any =
      manifest.cors?.credentials === true
        ? manifest.cors.origins.find((setting) => literalOf(setting) === '*')
        : undefined
    if (any === undefined) return []
    return [
      {
        message: `\`${manifest.id}\` lets scripts of every origin call it with credentials.`,
        origin: any.origin,
        remedy: 'Name the origins, or write `credentials: false`.',
      },
    ]
  },
}
