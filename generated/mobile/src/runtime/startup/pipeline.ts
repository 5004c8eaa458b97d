import { createResponder } from '../http/responder.ts'
import { createOwnEndpoints } from '../own/index.ts'
import { createPipeline, type Pipeline } from '../pipeline/runner.ts'
import { createChooseWay } from '../pipeline/way.ts'
import { createAdmit } from '../steps/admit.ts'
import { createAnswer } from '../steps/answer.ts'
import { createAuthorize } from '../steps/authorize.ts'
import { createCall } from '../steps/call.ts'
import { createHost } from '../steps/host.ts'
import { createIdentify } from '../steps/identify.ts'
import { invite } from '../steps/invite.ts'
import { createMatch } from '../steps/match.ts'
import { createPreflight } from '../steps/preflight.ts'
import { project } from '../steps/shape.ts'
import { createUpgradeRefusal } from '../steps/upgrade.ts'
import type { Prepared } from './prepare.ts'
import { prepareRoutes } from './preparedRoutes.ts'
import { createMatrixTest, createPreflightTarget } from './routes.ts'

/** State that changes while a gateway runs. */
export interface State {
  draining: boolean
}

/** Makes the pipeline: the step of each row, from the prepared parts. */
export function fillPipeline(prepared: Prepared, state: State): Pipeline {
  const { gateway, observer, contracts, matcher, upstreams, authenticate, credentials } = prepared
  const { cors, credentialHeaders, publicHosts, trusted } = prepared.client
  const isMatrix = createMatrixTest(contracts)
  const semicolons = gateway.routes.some((route) => route.request.path.some((name) => isMatrix(route, name)))
  const responder = createResponder({ cors, credentialHeaders, draining: () => state.draining })
  const knownHosts = publicHosts !== null
  const { apply } = credentials
  const withRoute = prepareRoutes(gateway, { contracts, upstreams, apply, trusted, knownHosts, observer })
  const call = createCall(observer)
  const answer = createAnswer(responder)
  const isReady = (): boolean => !state.draining && authenticate.ready()
  const own = createOwnEndpoints({ isReady, jwks: credentials.jwks, responder })

  const steps = {
    identify: createIdentify(trusted),
    admit: createAdmit(credentialHeaders, semicolons),
    own: own.answer,
    host: createHost(publicHosts),
    upgrade: createUpgradeRefusal(matcher),
    preflight: createPreflight(cors, createPreflightTarget(matcher, credentialHeaders), responder),
    match: createMatch(matcher, isMatrix, responder),
    authenticate: authenticate.step,
    authorize: createAuthorize(gateway.client),
    invite,
    validate: withRoute((exchange, prepared) => prepared.validate(exchange)),
    call: withRoute((exchange, prepared) => call(exchange, prepared.call)),
    shape: project,
    answer: withRoute((exchange, prepared) => answer(exchange, prepared.answer)),
  }
  return createPipeline(steps, createChooseWay(own, cors !== null), responder, observer)
}
