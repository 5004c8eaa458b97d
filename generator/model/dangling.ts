import type { JsonValue } from '../read/types.ts'
import type { Origin } from '../support/index.ts'
import { isObject, isReference, type Source } from './source.ts'
import type { Fault, OperationModel, SchemaNode } from './types.ts'

/** Keywords of JSON Schema that hold schemas: one, a list of them, or a map of them. */
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
 * References that lead nowhere among the schemas that are reachable from `roots`. Nodes in `seen` are passed over, and those that are
 * visited are added: one set for a whole document makes the usual answer, none, cheap.
 */
export function danglingReferences(
  roots: readonly SchemaNode[],
  source: Source,
  seen: Set<JsonValue>,
): readonly Fault[] {
  const faults: Fault[] = []
  const visit = (schema: JsonValue | undefined, near: Origin): void => {
    if (!isObject(schema) || seen.has(schema)) return
    seen.add(schema)
    if (isReference(schema)) {
      const followed = source.follow(schema, near)
      if (followed.kind === 'refused') faults.push(followed.fault)
      else visit(followed.value, followed.origin)
      // Beside a `$ref`, 3.0 knows no other keyword.
      if (source.spec.version === '3.0') return
    }
    for (const name of Object.keys(schema)) {
      const kind = keywords.get(name)
      const value = schema[name]
      if (kind === 'one') visit(value, near)
      else if (kind === 'many' && typeof value === 'object' && value !== null) {
        for (const part of Object.values(value)) visit(part, near)
      }
    }
  }
  for (const { schema, origin } of roots) visit(schema, origin)
  return faults
}

/** Every schema that an operation names itself. */
export function schemasOf(operation: Pick<OperationModel, 'parameters' | 'body' | 'responses'>): readonly SchemaNode[] {
  const contents = [...(operation.body?.content ?? []), ...operation.responses.flatMap(({ content }) => content)]
  const headers = operation.responses.flatMap((response) => response.headers)
  return [
    ...operation.parameters.map(({ schema }) => schema),
    ...[...contents, ...headers].flatMap(({ schema }) => (schema === null ? [] : [schema])),
  ]
}
