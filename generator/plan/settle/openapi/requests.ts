import type { Route } from '../../../../templates/runtime/vocabulary.ts'
import type { JsonObject } from '../../../read/types.ts'
import { contentObject } from '../schemas/document.ts'
import type { Translated, TranslatedMedia, TranslatedParameter } from '../schemas/index.ts'
import { withoutMembers } from './binding.ts'
import { examplesOf, type RouteView } from './view.ts'

/** A media type of a body that the client may send, and its schema without bound members. */
export interface Sent {
  readonly media: TranslatedMedia
  readonly schema: Translated | null
}

/** Parameters that the client may send. */
export function parametersOf({ route, operation }: RouteView): readonly TranslatedParameter[] {
  const { path, query, header, cookie, bind } = route.request
  const allowed = { path, query, header, cookie }
  return operation.parameters.filter(
    ({ model }) =>
      allowed[model.in].includes(model.name) && !bind.some((one) => one.in === model.in && one.name === model.name),
  )
}

/** Bodies that the client may send, without the members that the gateway sets, in the order of the spec. */
export function sentBy(view: RouteView): readonly Sent[] {
  const { route, operation, facing } = view
  const accepted = route.request.body ?? []
  const bound = boundMembers(route)
  return accepted.flatMap((type) => {
    const media = operation.body?.content.find(({ model }) => model.type === type)
    if (media === undefined) return []
    const { schema } = media
    return [{ media, schema: schema === null || bound.size === 0 ? schema : facing.without(schema, bound) }]
  })
}

function boundMembers({ request }: Route): ReadonlySet<string> {
  return new Set(request.bind.filter((bind) => bind.in === 'body').map(({ name }) => name))
}

/** The `requestBody` of a route, if it has one. */
export function requestBody(view: RouteView): JsonObject {
  const { route, operation, facing } = view
  const sent = sentBy(view)
  if (sent.length === 0 || operation.body === null) return {}
  const { description, required } = operation.body.model
  const bound = boundMembers(route)
  const schemas = new Map(sent.map(({ media, schema }) => [media, schema]))
  const schemaOf = (media: TranslatedMedia): Translated | null => {
    const schema = schemas.get(media) ?? null
    return schema === null ? null : facing.show(schema, 'request')
  }
  const examplesIn = (media: TranslatedMedia): JsonObject =>
    examplesOf(media, facing.hides(media.schema ?? true, 'request'), (value) => withoutMembers(value, bound))
  return {
    requestBody: {
      ...(description === null ? {} : { description }),
      ...(required ? { required } : {}),
      content: contentObject(
        sent.map(({ media }) => media),
        schemaOf,
        examplesIn,
      ),
    },
  }
}
