import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'

/** A rule that no entry names. An undecided one may be kept for entries that are commented out. */
export const unusedRule: Check = {
  of: 'manifest',
  find: (_clients, { manifest }) => {
    const used = new Set(manifest.clients.flatMap(({ expose }) => expose.flatMap(({ rule }) => rule?.value ?? [])))
    return manifest.rules
      .filter(({ name, access }) => access !== null && !used.has(name))
      .map(({ name, origin }) => ({
        message: `No entry of \`expose\` names the rule \`${name}\`.`,
        origin: keyOf(origin),
        remedy: `Write \`access: ${name}\` in an entry, or remove the rule.`,
      }))
  },
}
