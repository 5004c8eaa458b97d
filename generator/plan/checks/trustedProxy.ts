import { literalOf } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** A range of addresses that is none would trust nobody, or somebody else. */
export const trustedProxy: Check = {
  of: 'client',
  find: ({ manifest }) =>
    manifest.trustedProxies.flatMap((setting) => {
      const text = literalOf(setting)
      if (text === null || text.split(',').every((range) => isRange(range.trim()))) return []
      return [
        {
          message: `\`${text}\` is no address and no range of addresses.`,
          origin: setting.origin,
          remedy: 'Write an address or a CIDR range: `10.0.0.5`, `10.0.0.0/8`, `fd00::/8`.',
        },
      ]
    }),
}

function isRange(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const version = isIPv4(address) ? 4 : isIPv6(address) ? 6 : 0
  if (version === 0 || more.length > 0) return false
  return prefix === undefined || (/^(?:0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}

function isIPv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text)
}

function isIPv6(text: string): boolean {
  return text.includes(':') && URL.canParse(`http://[${text}]/`)
}
