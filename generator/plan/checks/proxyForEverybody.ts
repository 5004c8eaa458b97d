import { wideFamilies } from '../../../templates/runtime/words/wideRanges.ts'
import { list } from '../../support/index.ts'
import { literalsOf } from '../draft/envTexts.ts'
import type { Check } from './check.ts'

/** Trusted proxies that contain callers: each of these could choose its address, for limits, keys and logs. */
export const proxyForEverybody: Check = {
  of: 'client',
  find: ({ manifest: { id, trustedProxies } }) => {
    const proxies = literalsOf(trustedProxies)
    const families = wideFamilies(proxies.map(({ value }) => value))
    if (families.length === 0) return []
    const first = proxies.find(({ value }) => wideFamilies([value]).length > 0) ?? proxies[0]
    return [
      {
        message: `\`trustedProxies\` of \`${id}\` contains an eighth or more of all ${list(families)} addresses, so callers can choose the address that they are known by.`,
        origin: first?.setting.origin ?? null,
        remedy: 'Name the addresses of the proxies in front of the gateway: `10.0.0.5`, `10.0.0.0/8`.',
      },
    ]
  },
}
