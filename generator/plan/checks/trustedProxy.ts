import { isAddressRange } from '../../../templates/runtime/words/addresses.ts'
import { literalsOf } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** A text that is not an address range, so that it does not identify proxies whose `X-Forwarded-For` is trusted. */
export const trustedProxy: Check = {
  of: 'client',
  find: ({ manifest }) =>
    literalsOf(manifest.trustedProxies)
      .filter(({ value }) => !isAddressRange(value))
      .map(({ value, setting }) => ({
        message: `\`${value}\` is not an address or a range of addresses.`,
        origin: setting.origin,
        remedy: /^::ffff:[0-9.]+\//i.test(value)
          ? 'The prefix of an IPv6 address that holds an IPv4 address is 96 or longer. Write the IPv4 range: `10.0.0.0/8`.'
          : 'Write an address or a CIDR range: `10.0.0.5`, `10.0.0.0/8`, `fd00::/8`.',
      })),
}
