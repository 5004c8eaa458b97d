import { isSignInOptional } from '../../../templates/runtime/words/optionalSignIn.ts'
import { keyOf } from '../../support/index.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

/** `bind` or `own` on a public route, which may have no caller. */
export const callerOfPublic: Check = {
  of: 'route',
  find: (route) => {
    if (route.access?.kind !== 'public') return []
    const uses = [
      ...route.options.bind.map((use) => ({ word: 'binds', use })),
      ...route.options.own.map((use) => ({ word: 'checks the ownership of', use })),
    ]
    const open = isSignInOptional(route.access) ? 'may be called without a credential' : 'is public'
    return uses.map(({ word, use }) => ({
      message: `${selectorOf(route)} ${open}, but ${word} \`${use.input}\` by its caller.`,
      origin: keyOf(use.origin),
      remedy: 'Require a caller (`access: { authenticated: true }`), or remove this.',
    }))
  },
}
