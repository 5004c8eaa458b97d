import type { Service } from '../../../../templates/runtime/vocabulary.ts'
import { inherited } from '../../../../templates/runtime/words/inherited.ts'
import type { CredentialModel } from '../../../model/types.ts'
import { decidedMembers } from '../../../settings/index.ts'
import { catalogue, type Diagnostics, groupedBy, type Report, sortedBy } from '../../../support/index.ts'
import { hasOwnCredentials } from '../../draft/credentials.ts'
import { type EnvTextUse, serviceEnvTexts } from '../../draft/envTexts.ts'
import type { RouteDraft } from '../../draft/types.ts'
import type { ServicePlan } from '../../types.ts'
import { planSchemas, type TranslatedSchemas, type Translation } from '../schemas/index.ts'
import { type CredentialNames, nameCredentials, tlsOf } from './credentials.ts'

/** A service of an emitted gateway, and the data about it that later steps of the plan need. */
export interface PlannedService {
  readonly plan: ServicePlan
  readonly credentials: CredentialNames
  readonly envTexts: readonly EnvTextUse[]
  readonly translation: Translation
  /** Whether its schemas have no errors. */
  readonly isSound: boolean
}

/** The services that routes call, by id; and the routes without one, because their schemas have errors. */
export interface PlannedServices {
  readonly services: ReadonlyMap<string, PlannedService>
  readonly unfit: ReadonlyMap<RouteDraft, Report>
}

/** Reports faults of the schemas that routes lead to. With `skip`, errors make only those routes unfit. */
export function planServices(routes: readonly RouteDraft[], skip: boolean, diagnostics: Diagnostics): PlannedServices {
  const groups = sortedBy(
    groupedBy(routes, ({ endpoints }) => endpoints.id),
    ([id]) => id,
  )
  const unfit = new Map<RouteDraft, Report>()
  const services = new Map<string, PlannedService>()
  for (const [id, group] of groups) {
    const schemas = schemasOf(group)
    const wrong = skip ? unfitAmong(group, schemas) : new Map<RouteDraft, Report>()
    for (const [route, report] of wrong) unfit.set(route, report)
    const fit = group.filter((route) => !wrong.has(route))
    if (fit.length === 0) continue
    services.set(id, planService(id, fit, wrong.size === 0 ? schemas : schemasOf(fit), diagnostics))
  }
  return { services, unfit }
}

/** Routes that lead to an error in a schema, each with the first one. */
function unfitAmong(routes: readonly RouteDraft[], { findings }: TranslatedSchemas): ReadonlyMap<RouteDraft, Report> {
  const errors = findings
    .filter(({ report }) => isError(report))
    .map(({ report, operations }) => ({ report, operations: new Set(operations()) }))
  return new Map(
    routes.flatMap((route) => {
      const found = errors.find(({ operations }) => operations.has(route.operation))
      return found === undefined ? [] : [[route, found.report]]
    }),
  )
}

function isError({ code }: Report): boolean {
  return catalogue[code].severity === 'error'
}

function schemasOf(routes: readonly RouteDraft[]): TranslatedSchemas {
  const [first] = routes
  if (first === undefined) throw new Error('A group has at least one member.')
  return planSchemas(first.source.model, new Map(routes.map(({ operation, key }) => [operation, key])))
}

function planService(
  id: string,
  routes: readonly RouteDraft[],
  translated: TranslatedSchemas,
  diagnostics: Diagnostics,
): PlannedService {
  const [first] = routes
  if (first === undefined) throw new Error('A group has at least one member.')
  const { model, manifest, settings } = first.source
  const lists = credentialLists(routes)
  const credentials = nameCredentials(lists)
  const certificates = settings.credential.value.filter(({ kind }) => kind === 'mtls')
  const { document, translation, findings } = translated
  for (const { report } of findings) diagnostics.report(report)
  const passesRedirects = routes.some(({ answers }) => answers.redirect !== undefined)
  // In the order in which `services.ts` prints them.
  const service: Service = {
    url: first.endpoints.url,
    credentials: credentials.all,
    // If every route has its own credential, the service's is not among `credentials`.
    sends: routes.some((route) => !hasOwnCredentials(route)) ? credentials.namesOf(settings.credential.value) : [],
    tls: tlsOf(settings.credential.value),
    concurrency: manifest.concurrency,
    maxAnswer: manifest.maxAnswer,
    ...(passesRedirects ? { redirectHosts: manifest.redirectHosts.map(({ text }) => text) } : {}),
    ...decidedMembers(inherited.route, settings),
    answers: decidedMembers(inherited.answers, settings),
  }
  return {
    plan: { id, title: model.title, service, schemas: translated.schemas, document },
    credentials,
    envTexts: serviceEnvTexts(
      manifest,
      [...new Set([...certificates, ...lists.flat()])],
      passesRedirects ? manifest.redirectHosts : [],
    ),
    translation,
    isSound: !findings.some(({ report }) => isError(report)),
  }
}

/**
 * The credentials that routes send: the service's own list first, then those of operations in the order of the routes.
 * Credentials that no route sends need no secret.
 */
function credentialLists(routes: readonly RouteDraft[]): readonly (readonly CredentialModel[])[] {
  const inheriting = routes.filter((route) => !hasOwnCredentials(route))
  return [...inheriting, ...routes.filter(hasOwnCredentials)].map(({ credentials }) => credentials)
}
