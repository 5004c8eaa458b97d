import type { Origin } from '../../support/index.ts'
import { literalOf } from '../draft/envTexts.ts'
import type { Check, Finding } from './check.ts'

/** An address that no call can be made to. What variables will hold is checked when the gateway starts. */
export const badAddress: Check = {
  of: 'manifest',
  find: (clients, { manifest }) => {
    const written = manifest.services.flatMap(({ id, url }) =>
      url.flatMap((setting) => {
        const literal = literalOf(setting)
        return literal === null ? [] : finding(id, literal, setting.origin)
      }),
    )
    const routes = clients.flatMap((client) => client.routes).filter(({ endpoints }) => endpoints.from === 'spec')
    const declared = routes.flatMap(({ endpoints, source }) =>
      endpoints.url
        .filter((url) => /^[a-z][a-z0-9+.-]*:\/\//i.test(url))
        .flatMap((url) =>
          finding(
            source.manifest.id,
            url.replaceAll('$${', () => '${'),
            endpoints.origin,
          ),
        ),
    )
    return [...written, ...declared]
  },
}

function finding(service: string, address: string, origin: Origin): readonly Finding[] {
  const fault = faultOf(address)
  if (fault === null) return []
  return [
    {
      message: `The address \`${address}\` of \`${service}\` ${fault}.`,
      origin,
      remedy:
        'An address is a scheme, a host and perhaps a base path: `http://127.0.0.1:4101`, `https://api.example.com/v1`.',
    },
  ]
}

function faultOf(address: string): string | null {
  if (!/^https?:\/\//i.test(address)) return 'does not begin with http:// or https://'
  if (!URL.canParse(address)) return 'cannot be read'
  const { username, password } = new URL(address)
  if (username !== '' || password !== '') return 'has user information in it: that is a `credential`'
  if (address.includes('?')) return 'has a query'
  return address.includes('#') ? 'has a fragment' : null
}
