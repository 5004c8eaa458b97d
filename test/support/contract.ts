import { planContract } from '../../generator/plan/settle/openapi/index.ts'
import type { TranslatedOperation } from '../../generator/plan/settle/schemas/index.ts'
import type { JsonObject } from '../../generator/read/types.ts'
import type { Client, Route } from '../../templates/runtime/vocabulary.ts'
import { some } from './gatewayParts.ts'
import { type Planned, planDocument } from './translation.ts'

export const client: Client = some.client({
  gateway: 'shop',
  authenticators: { bearer: { kind: 'jwt', issuers: [] } },
})

type Changes = {
  readonly [key in keyof Route]?: Route[key] extends string | number ? Route[key] : Partial<Route[key]>
}

/** A route that passes everything of an operation for callers with the scope `read`. */
export function routeOf({ key, model, parameters, body, answers }: TranslatedOperation, changes: Changes = {}): Route {
  const names = (place: string) => parameters.filter((one) => one.model.in === place).map((one) => one.model.name)
  const method = model.method as Route['method']
  const path = model.path.text
  return some.route(method, path, {
    id: `${model.service}.${key}`,
    timeout: 1_000,
    ...changes,
    contract: { service: model.service, operation: key, ...changes.contract },
    access: {
      kind: 'principal',
      anyOf: [{ scopes: ['read'], roles: [] }],
      own: [],
      when: [],
      ...changes.access,
    } as Route['access'],
    request: some.request(path, {
      path: names('path'),
      query: names('query'),
      header: names('header'),
      cookie: names('cookie'),
      body: body?.content.map((media) => media.model.type) ?? null,
      maxBody: 1_000,
      ...changes.request,
    }),
    action: { kind: 'call', service: model.service, method, path, credentials: [], ...changes.action },
    answers: {
      check: 'report',
      undeclared: 'drop',
      statuses: answers.map((answer) => answer.model.status),
      ...changes.answers,
    },
  })
}

/** The contract of a client of the service `orders` with a route for every operation. */
export function contractOf(
  document: JsonObject | Planned,
  changes: Changes = {},
  more: {
    readonly client?: Client
    readonly credentials?: Readonly<Record<string, { readonly kind: 'principal' }>>
  } = {},
): JsonObject {
  const planned = 'translation' in document ? (document as unknown as Planned) : planDocument(document as JsonObject)
  const { translation } = planned
  return planContract({
    title: 'Shop for the web',
    client: more.client ?? client,
    routes: [...translation.operations.values()].map((operation) => routeOf(operation, changes)),
    services: new Map([[translation.service.id, { translation, credentials: more.credentials ?? {} }]]),
  })
}
