import type { ClientManifest, Model } from '../../model/types.ts'
import { resolve } from '../../settings/index.ts'
import { compareText, keyOf } from '../../support/index.ts'
import { declaresSecurity } from './credentials.ts'
import { headOf } from './head.ts'
import { contractKey, countOperationIds } from './names.ts'
import { draftRoute, isRouteMethod } from './routes/route.ts'
import { indexPaths, type PathIndex } from './routes/siblings.ts'
import { indexOperations, type OperationIndex } from './selectors/operationIndex.ts'
import { mostSpecific, selectOperations } from './selectors/selection.ts'
import type { ServiceSource } from './source.ts'
import type { ClientDraft, RouteDraft, UnservedOperation } from './types.ts'

/** A service with the data that is computed once for all clients. */
interface PreparedService {
  readonly source: Omit<ServiceSource, 'settings'>
  readonly index: OperationIndex
  readonly operationIds: ReadonlyMap<string, number>
  readonly paths: PathIndex
}

/** Pairs every service of the manifest with its model. */
export function prepareServices({ manifest, services }: Model): ReadonlyMap<string, PreparedService> {
  const models = new Map(services.map((service) => [service.id, service]))
  return new Map(
    manifest.services.flatMap((service) => {
      const model = models.get(service.id)
      if (model === undefined) return []
      const source = { model, manifest: service, declaresSecurity: declaresSecurity(model.operations) }
      const operationIds = countOperationIds(model.operations)
      return [[service.id, { source, index: indexOperations(model), operationIds, paths: indexPaths(source) }]]
    }),
  )
}

/** Drafts one client. */
export function draftClient(
  client: ClientManifest,
  model: Model,
  services: ReadonlyMap<string, PreparedService>,
): ClientDraft {
  const indexes = new Map([...services].map(([id, { index }]) => [id, index]))
  const { selections, asked } = selectOperations(client, indexes)
  const defined = new Map(model.manifest.authenticators.map((authenticator) => [authenticator.id, authenticator]))
  const authenticators = [...new Set(client.authenticate.map(({ value }) => value))].flatMap(
    (id) => defined.get(id) ?? [],
  )

  const sources = new Map(
    [...services].map(([id, { source }]) => {
      const settings = resolve('service', { service: source.manifest.settings, client: client.settings })
      return [id, { ...source, settings }]
    }),
  )
  const routes: RouteDraft[] = []
  const unserved: UnservedOperation[] = []
  for (const one of asked) {
    const service = services.get(one.operation.service)
    const source = sources.get(one.operation.service)
    if (service === undefined || source === undefined) continue
    const { operationIds, paths } = service
    if (one.operation.faults.length > 0 || !isRouteMethod(one.operation.method)) {
      unserved.push({ operation: one.operation, source, origin: keyOf(mostSpecific(one.layers).entry.origin) })
      continue
    }
    routes.push(draftRoute(one, source, contractKey(one.operation, operationIds), { client, authenticators, paths }))
  }
  return {
    model,
    manifest: client,
    selections,
    authenticators,
    routes: routes.sort(byPathAndMethod),
    head: headOf(routes, client),
    unserved: unserved.sort(
      (a, b) =>
        compareText(a.source.manifest.id, b.source.manifest.id) ||
        compareText(a.operation.reference, b.operation.reference),
    ),
  }
}

function byPathAndMethod(a: RouteDraft, b: RouteDraft): number {
  return compareText(a.path.text, b.path.text) || compareText(a.method, b.method) || compareText(a.id, b.id)
}
