import { isBindableHeader, isHeaderName } from '../../../templates/runtime/words/headers.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check, Finding } from './check.ts'
import { selectorOf } from './wording.ts'

/** An optional header that the operation declares and the gateway does not pass on. */
export const withheldHeader: Check = {
  of: 'route',
  find: (route) => reservedHeaders(route, false, 'is not passed on'),
}

/** A required header that the gateway does not pass on: every call would fail at the service. */
export const requiredHeader: Check = {
  of: 'route',
  find: (route) => reservedHeaders(route, true, 'is required, but is not passed on'),
}

function reservedHeaders(route: RouteDraft, required: boolean, fate: string): readonly Finding[] {
  return route.withheld
    .filter(({ reason, parameter }) => reason === 'reserved' && parameter.required === required)
    .map(({ parameter: { name, origin } }) => ({
      message: `The header \`${name}\` of ${selectorOf(route)} ${fate}: ${isHeaderName(name) ? 'a client may not send it' : 'its name has characters other than letters, digits and `-`'}.`,
      origin: route.origin,
      related: [{ origin, message: `declares \`${name}\`` }],
      remedy: isBindableHeader(name)
        ? `If it is about the caller, fill it from the caller:\n    bind: { ${name}: $principal.sub }`
        : "Correct the spec with an overlay: the header is not a client's to send.",
    }))
}
