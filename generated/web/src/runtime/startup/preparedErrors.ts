import { createAllow } from '../answers/allow.ts'
import { createErrorFields, type ErrorFields } from '../answers/errorFields.ts'
import { bearerChallenge, challengeOf } from '../auth/challenge.ts'
import type { Gateway, Route } from '../vocabulary.ts'
import { areForCaller, concernOf, concernWithoutCaller } from '../words/unauthorized.ts'

/** Prepares what errors of a route's service must have. `anonymous`: for calls without a caller, of a route with optional sign-in. */
export function prepareErrors(route: Route, { client, routes, services }: Gateway, anonymous: boolean): ErrorFields {
  const { action, answers, path } = route
  const service = services[action.service]
  const kinds = action.credentials.map((name) => service?.credentials[name]?.kind)
  const certificate = service != null && service.tls !== null
  return createErrorFields({
    concern: (anonymous ? concernWithoutCaller : concernOf)(answers.unauthorized, kinds, certificate),
    relays: areForCaller(answers.unauthorized, kinds),
    // A caller without a credential gets no error code (RFC 6750 section 3.1).
    challenge: anonymous ? challengeOf(client) : bearerChallenge(client, 'invalid_token'),
    allow: createAllow(
      route,
      routes.filter((peer) => peer.path === path),
    ),
  })
}
