import { createRemoveBase } from '../admission/basePath.ts'
import { createPublicBase } from '../answers/publicBase.ts'
import { createResponder } from '../http/responder.ts'
import type { UnfinishedBodies } from '../http/unfinishedBodies.ts'
import { createSlashTest } from '../matching/slashes.ts'
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
import { createReserve } from '../steps/reserve.ts'
import { createShape } from '../steps/shape.ts'
import { createUpgradeRefusal } from '../steps/upgrade.ts'
import { ownPathsBelow } from '../words/ownPaths.ts'
import type { Prepared } from './prepare.ts'
import { prepareRoutes } from './preparedRoutes.ts'
import { createMatrixTest, createPreflightTarget } from './routes.ts'

/** State that changes while a gateway runs. */
export interface State {
  draining: boolean
  /** Connections are being closed, whatever happens on them. */
  aborting: boolean
}

/** Makes the pipeline: the step of each row, from the prepared parts. */
export function fillPipeline(prepared: Prepared, state: State, bodies: UnfinishedBodies): Pipeline {
  const { gateway, observer, contracts, matcher, upstreams, authenticate, credentials, held } = prepared
  const { cors, credentialHeaders, publicHosts, trusted, basePath, stripBasePath, ownPath } = prepared.client
  const isMatrix = createMatrixTest(contracts)
  const semicolons = gateway.routes.some((route) => route.request.path.some((name) => isMatrix(route, name)))
  const responder = createResponder({ cors, credentialHeaders, draining: () => state.draining })
  const knownHosts = publicHosts !== null
  const { requestTimeout } = prepared.configuration
  const { apply } = credentials
  const withRoute = prepareRoutes(gateway, {
    contracts,
    upstreams,
    redirects: prepared.redirects,
    apply,
    trusted,
    knownHosts,
    requestTimeout,
    held,
    observer,
  })
  const reserve = createReserve(bodies, held)
  const call = createCall(observer)
  const answer = createAnswer(responder, createPublicBase(basePath, trusted, observer), observer)
  const isReady = (): boolean => !state.draining && authenticate.ready()
  const own = createOwnEndpoints({ isReady, jwks: credentials.jwks, responder, paths: ownPathsBelow(ownPath) })
  const base = basePath !== null && stripBasePath ? { remove: createRemoveBase(basePath), isOptional: own.has } : null

  const steps = {
    identify: createIdentify(trusted, gateway.client.trustedProxies.length === 0 ? observer.proxyUnknown : null),
    admit: createAdmit(credentialHeaders, semicolons, base, gateway.client.head, createSlashTest(gateway.routes)),
    own: own.answer,
    host: createHost(publicHosts),
    upgrade: createUpgradeRefusal(matcher),
    preflight: createPreflight(cors, createPreflightTarget(matcher, credentialHeaders), responder),
    match: createMatch(matcher, isMatrix, responder),
    authenticate: authenticate.step,
    authorize: createAuthorize(gateway.client),
    reserve: withRoute((exchange, prepared) => reserve(exchange, prepared.reservation)),
    invite,
    validate: withRoute((exchange, prepared) => prepared.validate(exchange)),
    call: withRoute((exchange, prepared) => call(exchange, prepared.call)),
    shape: createShape(held),
    answer: withRoute((exchange, prepared) => answer(exchange, prepared.answer)),
  }
  return createPipeline(steps, createChooseWay(own, cors !== null), responder, observer)
}
