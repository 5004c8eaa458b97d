import { isHeaderName, isReservedHeader, isWrittenByGateway } from '../draft/routes/headers.ts'
import type { Check } from './check.ts'

/** A header that has another meaning, or that is none. */
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

function faultOf(header: string): string | null {
  const name = header.toLowerCase()
  if (!isHeaderName(header)) return 'names of headers have letters, digits and `-`'
  if (name === 'authorization') return 'it belongs to bearer tokens'
  const taken =
    isReservedHeader(name) || isWrittenByGateway(name) || ['accept', 'origin', 'idempotency-key'].includes(name)
  return taken ? 'it has a meaning of its own' : null
}
