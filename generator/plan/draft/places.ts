import type { JsonObject, JsonValue } from '../../read/types.ts'
import { isObject, pointedAt } from '../../support/index.ts'

/** The schemas of a document that may apply to one value: a body, a member or an item. */
export interface ValuePlace {
  readonly root: JsonValue
  readonly schemas: readonly JsonObject[]
  /** Schemas of the members and items of the value. */
  readonly within: readonly JsonValue[]
}

/** The place of a schema's values: with the targets of its `$ref`s, its parts and its alternatives. */
export function placeOf(schema: JsonValue, document: JsonObject): ValuePlace {
  const found = new Set<JsonObject>()
  const waiting: JsonValue[] = [schema]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!isObject(next) || found.has(next)) continue
    found.add(next)
    waiting.push(...appliedBy(next, document))
  }
  const schemas = [...found]
  return { root: schema, schemas, within: schemas.flatMap(within).filter((below) => below !== false) }
}

/** Each place within the schemas, themselves included. A schema that is in `seen` is left out, one that is visited is added to it. */
export function* placesWithin(
  roots: readonly JsonValue[],
  document: JsonObject,
  seen: Set<JsonValue>,
): Generator<ValuePlace> {
  const waiting = [...roots]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const target = targetOf(next, document)
    if (seen.has(target)) continue
    seen.add(target)
    const place = placeOf(target, document)
    yield place
    waiting.push(...place.within)
  }
}

/** Makes the search for a place within a schema. Its results are kept, because documents may refer to the same schemas often. */
export function createPlaceSearch(
  document: JsonObject,
  test: (place: ValuePlace) => boolean,
): (schema: JsonValue) => boolean {
  const known = new Map<JsonValue, boolean>()
  return (schema) => {
    const start = targetOf(schema, document)
    const waiting = [start]
    const seen = new Set(waiting)
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const before = known.get(next)
      if (before === false) continue
      const place = placeOf(next, document)
      if (before === true || test(place)) {
        known.set(start, true)
        return true
      }
      for (const below of place.within.map((inner) => targetOf(inner, document))) {
        if (seen.has(below)) continue
        seen.add(below)
        waiting.push(below)
      }
    }
    for (const one of seen) known.set(one, false)
    return false
  }
}

/** Whether every object is refused that has a member which the schema neither lists nor describes otherwise. */
export function isClosed(schema: JsonValue, document: JsonObject): boolean {
  const closes = (node: JsonValue, seen: ReadonlySet<JsonValue>): boolean => {
    if (!isObject(node) || seen.has(node)) return false
    if (node['additionalProperties'] === false || node['unevaluatedProperties'] === false) return true
    const inner = new Set(seen).add(node)
    if ([...referred(node, document), ...listOf(node['allOf'])].some((part) => closes(part, inner))) return true
    return ['anyOf', 'oneOf'].some((keyword) => {
      const branches = listOf(node[keyword])
      return branches.length > 0 && branches.every((branch) => closes(branch, inner))
    })
  }
  return closes(schema, new Set())
}

/** The members that a place declares by name: each with the `properties` that it is in. */
export function* declaredMembers({ schemas }: ValuePlace): Generator<readonly [name: string, properties: JsonObject]> {
  for (const { properties } of schemas) {
    if (!isObject(properties)) continue
    for (const name of Object.keys(properties)) yield [name, properties]
  }
}

/** Whether a value of the schema is as a whole `readOnly`. */
export function isReadOnly(schema: JsonValue, document: JsonObject): boolean {
  const seen = new Set<JsonValue>()
  const visit = (node: JsonValue): boolean => {
    if (!isObject(node) || seen.has(node)) return false
    seen.add(node)
    return node['readOnly'] === true || [...referred(node, document), ...listOf(node['allOf'])].some(visit)
  }
  return visit(schema)
}

function appliedBy(schema: JsonObject, document: JsonObject): readonly JsonValue[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => listOf(schema[keyword]))
  const single = ['then', 'else'].flatMap((keyword) => schema[keyword] ?? [])
  return [...referred(schema, document), ...lists, ...single, ...valuesOf(schema['dependentSchemas'])]
}

function within(schema: JsonObject): readonly JsonValue[] {
  const single = ['additionalProperties', 'unevaluatedProperties', 'items', 'unevaluatedItems']
  return [
    ...['properties', 'patternProperties'].flatMap((keyword) => valuesOf(schema[keyword])),
    ...listOf(schema['prefixItems']),
    ...single.flatMap((keyword) => schema[keyword] ?? []),
  ]
}

function referred({ $ref }: JsonObject, document: JsonObject): readonly JsonValue[] {
  const target = typeof $ref === 'string' ? (pointedAt(document, $ref) as JsonValue | undefined) : undefined
  return target === undefined ? [] : [target]
}

/** The target of a schema that is only a `$ref`; any other schema itself. */
function targetOf(schema: JsonValue, document: JsonObject): JsonValue {
  if (!isObject(schema) || Object.keys(schema).length !== 1) return schema
  return referred(schema, document)[0] ?? schema
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

function valuesOf(value: JsonValue | undefined): readonly JsonValue[] {
  return value !== undefined && isObject(value) ? Object.values(value) : []
}
