import { essenceOf } from '../../../../templates/runtime/words/mediaTypes.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { isObject } from '../../../support/index.ts'
import { createPlaceSearch, isClosed, placeOf, type ValuePlace } from '../../draft/places.ts'
import { mayBeJson } from '../../draft/routes/media.ts'
import type { RouteDraft } from '../../draft/types.ts'

/** Members that the bodies of a route may have although the spec does not list their names. */
export interface OpenBody {
  /** The schemas say nothing about them; `undeclaredBody` decides. */
  readonly undeclared: boolean
  /** The schemas admit any name: by `additionalProperties`, a pattern, or because they list no members at all. */
  readonly free: boolean
}

interface Searches {
  readonly undeclared: (schema: JsonValue) => boolean
  readonly free: (schema: JsonValue) => boolean
}

const forms: ReadonlySet<string> = new Set(['application/x-www-form-urlencoded', 'multipart/form-data'])
const searches = new WeakMap<JsonObject, Searches>()

/** How open the bodies are that a route accepts. Files and plain text have no members; XML is passed on without being read. */
export function openBody({ operation, request, source }: RouteDraft): OpenBody {
  const { document } = source.model
  const { undeclared, free } = searchesOf(document)
  const found = (operation.body?.content ?? [])
    .filter(({ type }) => request.body?.includes(type) ?? false)
    .map(({ type, schema: node }): OpenBody => {
      const essence = essenceOf(type)
      if (/[/+]xml$/.test(essence)) return { undeclared: false, free: true }
      if (!forms.has(essence) && !mayBeJson(type)) return { undeclared: false, free: false }
      const schema = node?.schema ?? true
      // Undeclared fields of forms are always refused; a field may be JSON.
      const read = forms.has(essence) ? placeOf(schema, document).within : [schema]
      return { undeclared: read.some(undeclared), free: free(schema) }
    })
  return { undeclared: found.some((one) => one.undeclared), free: found.some((one) => one.free) }
}

function searchesOf(document: JsonObject): Searches {
  const known = searches.get(document) ?? {
    undeclared: createPlaceSearch(
      document,
      (place) => admitsObjects(place) && isOpen(place, document) && !isFree(place),
    ),
    free: createPlaceSearch(document, (place) => admitsObjects(place) && isOpen(place, document) && isFree(place)),
  }
  searches.set(document, known)
  return known
}

function isOpen({ root }: ValuePlace, document: JsonObject): boolean {
  return !isClosed(root, document)
}

/** A schema without `type` admits objects unless a part of it has another type. */
function admitsObjects({ schemas }: ValuePlace): boolean {
  const types = schemas.flatMap(({ type }) => (type === undefined ? [] : type))
  return types.length === 0 || types.includes('object')
}

/** Whether any name is declared: nothing lists the members, or something describes all others. */
function isFree({ schemas }: ValuePlace): boolean {
  return schemas.some(describesOthers) || !schemas.some(({ properties }) => names(properties) > 0)
}

function describesOthers(schema: JsonObject): boolean {
  const others = [schema['additionalProperties'], schema['unevaluatedProperties']]
  return others.some((of) => of !== undefined && of !== false) || names(schema['patternProperties']) > 0
}

function names(value: JsonValue | undefined): number {
  return value !== undefined && isObject(value) ? Object.keys(value).length : 0
}
