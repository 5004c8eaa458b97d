import { foldText } from '../../../templates/runtime/words/folding.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { below, keyOf } from '../../support/index.ts'
import { declaredMembers, isReadOnly, placesWithin, type ValuePlace } from '../draft/places.ts'
import type { RouteDraft } from '../draft/types.ts'
import type { Check, Finding } from './check.ts'
import { selectorOf } from './wording.ts'

/**
 * A member of a request whose name differs from a `readOnly` one beside it only in what services may ignore, such as case. It can be
 * sent as declared, and the service may read it as the `readOnly` one (rule P13).
 */
export const readOnlyVariant: Check = {
  of: 'client',
  find: ({ routes }) => {
    const seen = new Set<JsonValue>()
    return routes.flatMap((route) => {
      const { document } = route.source.model
      const roots = requestSchemas(route)
      return [...placesWithin(roots, document, seen)].flatMap((place) => findingsOf(place, document, route))
    })
  },
}

function requestSchemas({ operation }: RouteDraft): readonly JsonValue[] {
  const bodies = (operation.body?.content ?? []).flatMap(({ schema }) => schema ?? [])
  return [...operation.parameters.map(({ schema }) => schema), ...bodies].map(({ schema }) => schema)
}

function findingsOf(place: ValuePlace, document: JsonObject, route: RouteDraft): readonly Finding[] {
  const members = [...declaredMembers(place)]
  const readOnly = new Map(
    members
      .filter(([name, properties]) => isReadOnly(properties[name] ?? null, document))
      .map(([name]) => [foldText(name), name]),
  )
  if (readOnly.size === 0) return []
  return members.flatMap(([name, properties]) => {
    const meant = readOnly.get(foldText(name))
    if (meant === undefined || meant === name || isReadOnly(properties[name] ?? null, document)) return []
    const origin = route.source.model.originOf(properties)
    return [
      {
        message: `Clients can send \`${name}\` to ${selectorOf(route)}, and services may read it as \`${meant}\`, which is read-only.`,
        origin: origin === null ? route.operation.origin : keyOf(below(origin, name)),
        related: [{ origin: route.origin, message: 'exposes it' }],
        subject: selectorOf(route),
        remedy: `Mark \`${name}\` as \`readOnly\` too, or remove it with an overlay.`,
      },
    ]
  })
}
