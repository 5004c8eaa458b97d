import { describedAnswers } from '../answers/described.ts'
import { projectionIds } from '../answers/projections.ts'
import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import { OpenStreams } from '../http/openStreams.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { PreparedAnswer } from '../steps/answer.ts'
import type { PreparedCall } from '../steps/call.ts'
import type { PreparedReservation } from '../steps/reserve.ts'
import { createValidator } from '../steps/validate.ts'
import { createEntityTags } from '../support/entityTags.ts'
import type { Gateway, OperationSchemas, Route } from '../vocabulary.ts'
import { needsCaller } from '../words/callerCredentials.ts'
import { isSignInOptional } from '../words/optionalSignIn.ts'
import { uploadLimits } from './limits.ts'
import { createRewriters, prepareAnswer } from './preparedAnswer.ts'
import { mayBePassed, prepareCall, type ServiceParts } from './preparedCall.ts'
import { prepareErrors } from './preparedErrors.ts'

/** Data of one route for the steps after `match`. */
export interface PreparedRoute {
  readonly reservation: PreparedReservation
  readonly validate: Step
  readonly call: PreparedCall
  readonly answer: PreparedAnswer
  /** For anonymous callers of a route with optional sign-in; `null`: the same. */
  readonly anonymous: PreparedRoute | null
}

/** A step that also gets the prepared data of the exchange's route. */
export type PreparedStep = (exchange: Exchange, prepared: PreparedRoute) => Outcome | Promise<Outcome>

/**
 * Prepares each route on its first use: a large gateway starts as fast as a small one. The returned function turns a
 * `PreparedStep` into a `Step`.
 */
export function prepareRoutes(gateway: Gateway, parts: ServiceParts): (step: PreparedStep) => Step {
  const known = new Map<Route, PreparedRoute>()
  const rewriterOf = createRewriters(gateway)

  /** Those of HEAD have the content of the client's GET of the same path; none if it has another contract, whose schemas differ. */
  const answersOf = (route: Route, contract: CompiledSchemas): OperationSchemas['answers'] => {
    const { answers } = contract.operation(route.contract.operation)
    if (route.action.method !== 'HEAD') return answers
    const get = gateway.routes.find(({ method, path }) => method === 'GET' && path === route.path)
    if (get === undefined) return describedAnswers(answers, null)
    const isShared = get.contract.service === route.contract.service
    return describedAnswers(answers, isShared ? contract.operation(get.contract.operation).answers : {})
  }

  const prepare = (route: Route): PreparedRoute => {
    const contract = parts.contracts.get(route.contract.service)
    const upstream = parts.upstreams.get(route.action.service)
    if (contract === undefined || upstream === undefined) throw new Error(`route ${route.id} has no service`)
    const operation = contract.operation(route.contract.operation)
    const answers = answersOf(route, contract)
    const tags = createEntityTags(() => projectionIds(route, answers, contract))
    const passes = mayBePassed(route, Object.values(answers))
    const expected = { bytes: 0 }
    const reservation = { upstream, streams: passes ? new OpenStreams(route.streamsPerCaller) : null, expected }
    const validate = createValidator(
      route,
      contract,
      uploadLimits(route, parts.requestTimeout),
      parts.held,
      tags,
      gateway.client.head.queryPairs,
    )
    const redirect = route.answers.redirect === 'pass' ? (parts.redirects.get(route.action.service) ?? null) : null

    const variant = (credentials: readonly string[], anonymous: boolean): Omit<PreparedRoute, 'anonymous'> => {
      const errors = prepareErrors(route, gateway, anonymous)
      return {
        reservation,
        validate,
        call: prepareCall(
          route,
          { contract, upstream, answers, errors, passes, expected, credentials },
          gateway,
          parts,
        ),
        answer: prepareAnswer(operation, { errors, tags, rewrite: rewriterOf(upstream), redirect }),
      }
    }
    const { credentials } = route.action
    const without = credentialsWithoutCaller(route, gateway)
    return {
      ...variant(credentials, false),
      anonymous: without === null ? null : { ...variant(without, true), anonymous: null },
    }
  }

  const preparedOf = (route: Route): PreparedRoute => {
    let prepared = known.get(route)
    if (prepared === undefined) {
      prepared = prepare(route)
      known.set(route, prepared)
    }
    return prepared
  }

  return (step) => (exchange) => {
    if (exchange.match === null) throw new Error('a step that needs a route ran without one')
    const prepared = preparedOf(exchange.match.route)
    const { anonymous } = prepared
    return step(exchange, anonymous !== null && exchange.principal === null ? anonymous : prepared)
  }
}

/** Keys of the credentials of a call without a caller. `null`: none of the route needs a caller, or every call has one. */
function credentialsWithoutCaller({ access, action }: Route, { services }: Gateway): readonly string[] | null {
  if (!isSignInOptional(access)) return null
  const { credentials = {} } = services[action.service] ?? {}
  const own = action.credentials.filter((name) => !needsCaller(credentials[name]?.kind))
  return own.length === action.credentials.length ? null : own
}
