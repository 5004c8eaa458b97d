import { createAnswerHeaders } from '../answers/headers.ts'
import { createLocationRewriter, type LocationRewriter } from '../answers/location.ts'
import { createTreatment } from '../answers/treatment.ts'
import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import type { Log } from '../observe/log.ts'
import { clientHeaders } from '../requests/outgoing.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { AnswerPlan } from '../steps/answer.ts'
import type { CallPlan } from '../steps/call.ts'
import { createValidator } from '../steps/validate.ts'
import type { Upstream } from '../upstream/index.ts'
import type { AnswerSchemas, Credential, Gateway, OperationSchemas, Route } from '../vocabulary.ts'
import type { AddressSet } from '../words/addresses.ts'
import { isJson, mediaTypeOf } from '../words/mediaTypes.ts'

/** What the steps after `match` know of one route. */
export interface Plan extends CallPlan, AnswerPlan {
  readonly validate: Step
}

export interface PlanOptions {
  readonly contracts: ReadonlyMap<string, CompiledSchemas>
  readonly upstreams: ReadonlyMap<string, Upstream>
  readonly trusted: AddressSet
  readonly knownHosts: boolean
  readonly log: Log
}

/** A step that works with the plan of the exchange's route. */
export type PlannedStep = (exchange: Exchange, plan: Plan) => Outcome | Promise<Outcome>

/**
 * Makes each route's plan on its first use: a large gateway starts as fast as a small one. What it returns turns a step that
 * needs the plan into a step.
 */
export function createPlans({ client, routes, services }: Gateway, options: PlanOptions): (step: PlannedStep) => Step {
  const { contracts, upstreams, trusted, knownHosts, log } = options
  const plans = new Map<Route, Plan>()
  const rewriters = new Map<string, LocationRewriter>()

  const rewriterOf = (upstream: Upstream): LocationRewriter => {
    const found = rewriters.get(upstream.name)
    if (found !== undefined) return found
    const own = routes.filter((route) => route.action.service === upstream.name)
    const rewriter = createLocationRewriter(upstream.urls, own)
    rewriters.set(upstream.name, rewriter)
    return rewriter
  }

  const create = (route: Route): Plan => {
    const contract = contracts.get(route.contract.service)
    const upstream = upstreams.get(route.action.service)
    if (contract === undefined || upstream === undefined) throw new Error(`route ${route.id} has no service`)
    const operation = contract.operation(route.contract.operation)
    return {
      route,
      upstream,
      validate: createValidator(route, contract),
      treat: createTreatment(route, contract, {
        principal: route.action.credentials.some((name) =>
          isCallers(services[route.action.service]?.credentials[name]),
        ),
        report: (drift) => log.warn(drift, 'an answer is not as documented'),
      }),
      outgoing: {
        ...clientHeaders(route.request),
        plain: mayBeRead(route, Object.values(operation.answers)),
        whole: mayBeRead(route, successesOf(operation)),
        pseudonym: client.gateway,
        trusted,
        knownHosts,
      },
      headers: createAnswerHeaders(operation),
      rewrite: rewriterOf(upstream),
    }
  }

  const planOf = (route: Route): Plan => {
    let plan = plans.get(route)
    if (plan === undefined) {
      plan = create(route)
      plans.set(route, plan)
    }
    return plan
  }

  return (step) => (exchange) => {
    if (exchange.match === null) throw new Error('a step that needs a route ran without one')
    return step(exchange, planOf(exchange.match.route))
  }
}

/** Whether some of these answers of a route may have to be read, so that they must not come compressed or in ranges. */
function mayBeRead({ answers: policy }: Route, answers: readonly AnswerSchemas[]): boolean {
  if (policy.undeclared === 'pass' && policy.check === 'off') return false
  const types = answers.flatMap(({ content }) => Object.keys(content))
  return types.some((type) => type.includes('*') || isJson(mediaTypeOf(type) ?? ''))
}

/** Only a success comes in ranges (RFC 9110 section 14.2); where none is documented, `default` describes it. */
function successesOf({ answers }: OperationSchemas): readonly AnswerSchemas[] {
  const documented = Object.entries(answers).filter(([status]) => status.startsWith('2'))
  return documented.length > 0 ? documented.map(([, answer]) => answer) : Object.values(answers)
}

/** Whether a service judges the caller by it: then its 401 is the caller's own. */
function isCallers(credential: Credential | undefined): boolean {
  return credential?.kind === 'principal'
}
