import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import type { PreparedAnswer } from '../steps/answer.ts'
import type { PreparedCall } from '../steps/call.ts'
import { createValidator } from '../steps/validate.ts'
import type { Gateway, Route } from '../vocabulary.ts'
import { createRewriters, prepareAnswer } from './preparedAnswer.ts'
import { prepareCall, type ServiceParts } from './preparedCall.ts'

/** Data of one route for the steps after `match`. */
export interface PreparedRoute {
  readonly validate: Step
  readonly call: PreparedCall
  readonly answer: PreparedAnswer
}

/** A step that also gets the prepared data of the exchange's route. */
export type PreparedStep = (exchange: Exchange, prepared: PreparedRoute) => Outcome | Promise<Outcome>

/**
 * Prepares each route on its first use: a large gateway starts as fast as a small one. The returned function turns a
 * `PreparedStep` into a `Step`.
 */
export function prepareRoutes(gateway: Gateway, parts: ServiceParts): (step: PreparedStep) => Step {
  const known = new Map<Route, PreparedRoute>()
  const rewriterOf = createRewriters(gateway.routes)

  const prepare = (route: Route): PreparedRoute => {
    const contract = parts.contracts.get(route.contract.service)
    const upstream = parts.upstreams.get(route.action.service)
    if (contract === undefined || upstream === undefined) throw new Error(`route ${route.id} has no service`)
    return {
      validate: createValidator(route, contract),
      call: prepareCall(route, { contract, upstream }, gateway, parts),
      answer: prepareAnswer(contract.operation(route.contract.operation), rewriterOf(upstream)),
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
    return step(exchange, preparedOf(exchange.match.route))
  }
}
