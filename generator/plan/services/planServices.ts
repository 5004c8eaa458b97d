import type { Service } from '../../../templates/runtime/contract.ts'
import type { CredentialModel, OperationModel } from '../../model/types.ts'
import { type Diagnostics, sortedBy } from '../../support/index.ts'
import type { RouteDraft } from '../draft.ts'
import { groupedBy } from '../grouping.ts'
import { planSchemas, type Translation } from '../schemas/index.ts'
import { type SettingUse, serviceSettings } from '../settings.ts'
import type { ServicePlan } from '../types.ts'
import { type CredentialNames, nameCredentials, tlsOf } from './credentials.ts'

/** Open connections to one endpoint, and calls that wait for one (SECURITY.md section 4). */
const defaultConcurrency = { max: 128, queue: 256 }
/** Bytes of an answer that must be read whole (SECURITY.md section 4). */
const defaultMaxAnswer = 5_242_880

/** A service of an emitted gateway, and what the rest of the plan needs to know of it. */
export interface PlannedService {
  readonly plan: ServicePlan
  readonly credentials: CredentialNames
  readonly settings: readonly SettingUse[]
  readonly translation: Translation
}

/** The services that routes reach, by id. */
export function planServices(
  routes: readonly RouteDraft[],
  diagnostics: Diagnostics,
): ReadonlyMap<string, PlannedService> {
  const groups = sortedBy(
    groupedBy(routes, ({ endpoints }) => endpoints.id),
    ([id]) => id,
  )
  return new Map(groups.map(([id, group]) => [id, planService(id, group, diagnostics)]))
}

function planService(id: string, routes: readonly RouteDraft[], diagnostics: Diagnostics): PlannedService {
  const [first] = routes
  if (first === undefined) throw new Error('A group has at least one member.')
  const { model, manifest } = first.source
  const lists = credentialLists(routes)
  const credentials = nameCredentials(lists)
  const certificates = manifest.credential.filter(({ kind }) => kind === 'mtls')
  const operations = new Map<OperationModel, string>(routes.map(({ operation, key }) => [operation, key]))
  const { contract, types, translation } = planSchemas(model, operations, diagnostics)
  const service: Service = {
    url: first.endpoints.url,
    credentials: credentials.all,
    tls: tlsOf(manifest.credential),
    concurrency: {
      max: manifest.concurrency.max ?? defaultConcurrency.max,
      queue: manifest.concurrency.queue ?? defaultConcurrency.queue,
    },
    maxAnswer: manifest.maxAnswer ?? defaultMaxAnswer,
  }
  return {
    plan: { id, title: model.title, service, contract, types },
    credentials,
    settings: serviceSettings(manifest, [...new Set([...certificates, ...lists.flat()])]),
    translation,
  }
}

/** What routes send, the service's own list first, then the operations' in the order of the routes. Unused ones need no secret. */
function credentialLists(routes: readonly RouteDraft[]): readonly (readonly CredentialModel[])[] {
  const own = (route: RouteDraft): boolean => route.options.credential === null
  return [...routes.filter(own), ...routes.filter((route) => !own(route))].map(({ credentials }) => credentials)
}
