import type { Service } from '../../../../templates/runtime/vocabulary.ts'
import type { CredentialModel } from '../../../model/types.ts'
import { catalogue, type Diagnostics, groupedBy, type Report, sortedBy } from '../../../support/index.ts'
import { type EnvTextUse, serviceEnvTexts } from '../../draft/envTexts.ts'
import type { RouteDraft } from '../../draft/types.ts'
import type { ServicePlan } from '../../types.ts'
import { planSchemas, type TranslatedSchemas, type Translation } from '../schemas/index.ts'
import { type CredentialNames, nameCredentials, tlsOf } from './credentials.ts'

/** A service of an emitted gateway, and what the rest of the plan needs to know of it. */
export interface PlannedService {
  readonly plan: ServicePlan
  readonly credentials: CredentialNames
  readonly envTexts: readonly EnvTextUse[]
  readonly translation: Translation
}

/** The services that routes reach, by id; and the routes that have none, because something is wrong with their schemas. */
export interface PlannedServices {
  readonly services: ReadonlyMap<string, PlannedService>
  readonly unfit: ReadonlyMap<RouteDraft, Report>
}

/** Reports what is wrong with the schemas that routes lead to. If they are to be skipped, the errors are the unfit routes' only. */
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
  const service: Service = {
    url: first.endpoints.url,
    credentials: credentials.all,
    // Where every route has a credential of its own, the service's is not among those that the gateway knows.
    sends: routes.some(inheritsCredential) ? credentials.namesOf(settings.credential.value) : [],
    tls: tlsOf(settings.credential.value),
    concurrency: manifest.concurrency,
    maxAnswer: manifest.maxAnswer,
    timeout: settings.timeout.value,
    answers: { check: settings.answers.value, undeclared: settings.undeclared.value },
  }
  return {
    plan: { id, title: model.title, service, schemas: translated.schemas, document },
    credentials,
    envTexts: serviceEnvTexts(manifest, [...new Set([...certificates, ...lists.flat()])]),
    translation,
  }
}

/** What routes send, the service's own list first, then the operations' in the order of the routes. Unused ones need no secret. */
function credentialLists(routes: readonly RouteDraft[]): readonly (readonly CredentialModel[])[] {
  const own = routes.filter((route) => !inheritsCredential(route))
  return [...routes.filter(inheritsCredential), ...own].map(({ credentials }) => credentials)
}

function inheritsCredential({ settings }: RouteDraft): boolean {
  return settings.credential.level !== 'selector'
}
