import { resolve } from '../../settings/index.ts'
import type { Check } from './check.ts'

/** `stripBasePath` without `basePath`: there is nothing to remove. */
export const strippedNothing: Check = {
  of: 'client',
  find: ({ manifest }) => {
    const { value, from } = resolve('client', { client: manifest.settings }).stripBasePath
    if (!value || manifest.basePath !== null || from === 'default') return []
    return [
      {
        message: `\`stripBasePath\` of \`${manifest.id}\` has no \`basePath\` to remove.`,
        origin: from,
        remedy: 'Write the `basePath` that the proxy leaves in the paths, or leave `stripBasePath` out.',
      },
    ]
  },
}
