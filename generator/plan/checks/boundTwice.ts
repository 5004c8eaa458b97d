import { keyOf } from '../../support/index.ts'
import type { BindDraft } from '../draft/routes/claimUses.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** One input under two names (`customerId` and `query.customerId`): only one of the claims could fill it. */
export const boundTwice: Check = {
  of: 'route',
  find: (route) => {
    const first = new Map<string, BindDraft>()
    return route.binds.flatMap((bind) => {
      const [target, ...others] = bind.targets
      if (target === undefined || others.length > 0) return []
      const name = `${target.in}.${target.name}`
      const other = first.get(name)
      first.set(name, other ?? bind)
      if (other === undefined) return []
      return [
        {
          message: `${selectorOf(route)} binds \`${name}\` twice.`,
          origin: keyOf(bind.use.origin),
          related: [{ origin: keyOf(other.use.origin), message: 'binds it first' }],
          remedy: `Keep one of \`${other.use.input}\` and \`${bind.use.input}\`.`,
        },
      ]
    })
  },
}
