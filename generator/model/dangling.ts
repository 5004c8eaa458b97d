import type { JsonObject, JsonValue } from '../read/types.ts'
import type { Origin } from '../support/index.ts'
import { isObject, isReference, type Source } from './source.ts'
import type { Fault, OperationModel, SchemaNode } from './types.ts'

/** Keywords of JSON Schema that contain schemas. `many`: a list or a map. */
const keywords = new Map<string, 'one' | 'many'>([
  ['items', 'one'],
  ['additionalProperties', 'one'],
  ['not', 'one'],
  ['if', 'one'],
  ['then', 'one'],
  ['else', 'one'],
  ['contains', 'one'],
  ['propertyNames', 'one'],
  ['unevaluatedItems', 'one'],
  ['unevaluatedProperties', 'one'],
  ['contentSchema', 'one'],
  ['allOf', 'many'],
  ['anyOf', 'many'],
  ['oneOf', 'many'],
  ['prefixItems', 'many'],
  ['properties', 'many'],
  ['patternProperties', 'many'],
  ['dependentSchemas', 'many'],
])

/**
 * Faults of the references without a target, in the schemas that are reachable from `roots`. Nodes in `seen` are skipped, and visited
 * nodes are added to it. With one set for a whole document each node is visited once.
 */
export function danglingReferences(
  roots: readonly SchemaNode[],
  source: Source,
  seen: Set<JsonValue>,
): readonly Fault[] {
  const faults: Fault[] = []
  // A work list instead of recursion: chains of schemas may be thousands of nodes long.
  const waiting: { readonly node: JsonValue | undefined; readonly near: Origin }[] = []
  const look = (schema: JsonObject, near: Origin): void => {
    if (isReference(schema)) {
      const followed = source.follow(schema, near)
      if (followed.kind === 'refused') faults.push(followed.fault)
      else waiting.push({ node: followed.value, near: followed.origin })
      // OpenAPI 3.0 ignores other keywords beside a `$ref`.
      if (source.spec.version === '3.0') return
    }
    for (const name of Object.keys(schema)) {
      const kind = keywords.get(name)
      const value = schema[name]
      if (kind === 'one') waiting.push({ node: value, near })
      else if (kind === 'many' && typeof value === 'object' && value !== null) {
        for (const node of Object.values(value)) waiting.push({ node, near })
      }
    }
  }
  for (const { schema, origin } of roots.toReversed()) waiting.push({ node: schema, near: origin })
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!isObject(next.node) || seen.has(next.node)) continue
    seen.add(next.node)
    look(next.node, next.near)
  }
  return faults
}

/** The schemas that an operation uses directly. */
export function schemasOf(operation: Pick<OperationModel, 'parameters' | 'body' | 'responses'>): readonly SchemaNode[] {
  const contents = [...(operation.body?.content ?? []), ...operation.responses.flatMap(({ content }) => content)]
  const headers = operation.responses.flatMap((response) => response.headers)
  return [
    ...operation.parameters.map(({ schema }) => schema),
    ...[...contents, ...headers].flatMap(({ schema }) => (schema === null ? [] : [schema])),
  ]
}
