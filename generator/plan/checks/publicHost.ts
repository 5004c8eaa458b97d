import { isAuthority } from '../../../templates/runtime/words/authorities.ts'
import { literalOf, literalsOf } from '../draft/envTexts.ts'
import type { Check, Finding } from './check.ts'

const remedy =
  'A host is a name or address, optionally with a port, without scheme and path: `api.shop.example`, `localhost:4100`.'

/** A text that no `Host` header contains, or a list without hosts, with which every request would be answered with 421. */
export const publicHost: Check = {
  of: 'client',
  find: ({ manifest: { id, publicHosts } }) => {
    if (publicHosts === null) return []
    const hosts = literalsOf(publicHosts)
    const [first] = publicHosts
    const isEmpty = hosts.length === 0 && publicHosts.every((setting) => literalOf(setting) !== null)
    const none: readonly Finding[] =
      isEmpty && first !== undefined
        ? [{ message: `\`publicHosts\` of \`${id}\` names no host.`, origin: first.origin, remedy }]
        : []
    const wrong = hosts
      .filter(({ value }) => !isAuthority(value))
      .map(({ value, setting }) => ({ message: `\`${value}\` is not a host.`, origin: setting.origin, remedy }))
    return [...none, ...wrong]
  },
}
