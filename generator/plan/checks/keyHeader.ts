import { isHeaderName, isKeyHeader } from '../../../templates/runtime/words/headers.ts'
import type { Check } from './check.ts'

/** API keys in a header that has another meaning, or whose name clients may not send. */
export const keyHeader: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) =>
    manifest.authenticators.flatMap((authenticator) => {
      if (authenticator.kind !== 'api-key') return []
      const { value, origin } = authenticator.header
      const fault = faultOf(value)
      if (fault === null) return []
      return [
        {
          message: `\`${authenticator.id}\` cannot read API keys from the header \`${value}\`: ${fault}.`,
          origin,
          remedy: `    ${authenticator.id}: { type: api-key, in: header, name: X-Api-Key, ... }`,
        },
      ]
    }),
}

function faultOf(name: string): string | null {
  if (isKeyHeader(name)) return null
  if (!isHeaderName(name)) return 'names of headers have letters, digits and `-`'
  return name.toLowerCase() === 'authorization' ? 'it is reserved for bearer tokens' : 'it has another meaning in HTTP'
}
