import type { Access, Client, Route } from '../../../templates/runtime/vocabulary.ts'
import { inherited } from '../../../templates/runtime/words/inherited.ts'
import { decidedMembers } from '../../settings/index.ts'
import { sortedBy } from '../../support/index.ts'
import { authenticatorEnvTexts, clientEnvTexts } from '../draft/envTexts.ts'
import type { ClientDraft, RouteDraft } from '../draft/types.ts'
import type { ClientPlan, RoutePlan, SkippedOperation, Trust } from '../types.ts'
import { accessRow } from './access/accessRow.ts'
import { exposing } from './exposed.ts'
import { planContract } from './openapi/index.ts'
import { clientOf } from './services/authenticators.ts'
import type { PlannedService } from './services/planServices.ts'
import { type PathNames, sharedNames } from './sharedPaths.ts'
import { typeNames } from './typeNames.ts'
import { variablesOf } from './variables.ts'
import { writtenRoute } from './writtenRoute.ts'

/** The plan of one emitted gateway. All checks of the draft have passed. */
export function planClient(
  draft: ClientDraft,
  services: ReadonlyMap<string, PlannedService>,
  skipped: readonly SkippedOperation[],
): ClientPlan {
  const { manifest, model, authenticators } = draft
  const decided = draft.routes.flatMap((route) => {
    const service = services.get(route.endpoints.id)
    return route.access === null || service === undefined ? [] : [{ route, access: route.access, service }]
  })
  const client = clientOf(model.manifest.name, manifest, authenticators, draft.head.limits)
  const names = sharedNames(decided.map(({ route }) => route))
  const routes = decided.map(({ route, access, service }, at) => routePlan(route, access, service, names[at] ?? null))
  const contract = planContract({
    title: manifest.title ?? `${model.manifest.name}: ${manifest.id}`,
    client,
    routes: routes.map(({ route }) => route),
    services: new Map(
      [...services].map(([id, { plan, translation }]) => [id, { translation, credentials: plan.service.credentials }]),
    ),
  })
  const exposed = exposing(client, contract)
  return {
    id: manifest.id,
    gateway: model.manifest.name,
    title: manifest.title ?? manifest.id,
    client: exposed,
    routes,
    services: [...services.values()].map(({ plan }) => plan),
    contract,
    types: typeNames(contract),
    access: decided.map(({ route, access, service }) => accessRow(route, access, draft, service)),
    trust: trustOf(exposed, manifest.audience),
    variables: variablesOf([
      ...clientEnvTexts(manifest),
      ...authenticators.flatMap(authenticatorEnvTexts),
      ...sortedBy(services, ([id]) => id).flatMap(([, { envTexts }]) => envTexts),
    ]),
    skipped,
  }
}

function trustOf(client: Client, audience: Trust['audience']): Trust {
  const { authenticators, cors, publicHosts, trustedProxies, unverifiedTls } = client
  return { audience, authenticators, cors, publicHosts, trustedProxies, unverifiedTls }
}

function routePlan(draft: RouteDraft, access: Access, service: PlannedService, pathNames: PathNames | null): RoutePlan {
  const { operation, source } = draft
  const route: Route = {
    id: draft.id,
    method: draft.method,
    path: draft.path.text,
    access,
    request: pathNames === null ? draft.request : { ...draft.request, pathNames },
    contract: { service: draft.endpoints.id, operation: draft.key },
    action: {
      kind: 'call',
      service: draft.endpoints.id,
      ...draft.action,
      credentials: service.credentials.namesOf(draft.credentials),
    },
    answers: draft.answers,
    ...decidedMembers(inherited.route, draft.settings),
  }
  return {
    route,
    written: writtenRoute(route, draft),
    comment: `${source.model.file} > ${operation.reference}`,
    summary: operation.summary,
    deprecated: operation.deprecated,
  }
}
