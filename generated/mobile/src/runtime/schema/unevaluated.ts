import { isArray, isObject, type JsonObject, type JsonValue } from '../json/index.ts'
import type { Schema } from '../vocabulary.ts'
import { type Check, descend, enough, failAt } from './fault.ts'
import { unexpected } from './keywords/object.ts'
import type { Scope } from './keywords/scope.ts'
import { type Node, schemaAt, schemaMapAt, schemasAt } from './node.ts'

/** The members and items of a value that schemas have evaluated. */
interface Evaluated {
  readonly names: Set<string>
  readonly items: Set<number>
}

/**
 * `unevaluatedProperties` and `unevaluatedItems` (JSON Schema 2020-12 core, section 11). What has been evaluated is found by
 * checking again which branches fit, so only schemas with these keywords have this cost.
 */
export function unevaluatedChecks(node: Node, scope: Scope): readonly Check[] {
  const checks: Check[] = []
  const properties = schemaAt(node, 'unevaluatedProperties')
  if (properties !== undefined && properties !== true) {
    const check = unexpected(scope, properties)
    checks.push((value, faults) => {
      if (!isObject(value)) return true
      const { names } = evaluate(node, value, scope)
      let fits = true
      for (const [name, of] of Object.entries(value)) {
        if (names.has(name) || descend(check, of, name, faults)) continue
        if (enough(faults)) return false
        fits = false
      }
      return fits
    })
  }
  const items = schemaAt(node, 'unevaluatedItems')
  if (items !== undefined && items !== true) {
    const check = scope.compile(items)
    checks.push((value, faults) => {
      if (!isArray(value)) return true
      const evaluated = evaluate(node, value, scope).items
      let fits = true
      for (const [at, item] of value.entries()) {
        if (evaluated.has(at)) continue
        if (items === false) fits = failAt(faults, String(at), 'is one item too many')
        else fits = descend(check, item, at, faults) && fits
        if (!fits && enough(faults)) return false
      }
      return fits
    })
  }
  return checks
}

function evaluate(node: Node, value: JsonValue, scope: Scope): Evaluated {
  const found: Evaluated = { names: new Set(), items: new Set() }
  collect(node, value, scope, found, new Set(), true)
  return found
}

/**
 * Adds what one schema evaluates. The `unevaluated...` keyword of the outermost schema is excluded, because it applies to the
 * rest.
 */
function collect(
  schema: Schema,
  value: JsonValue,
  scope: Scope,
  found: Evaluated,
  active: Set<Schema>,
  outermost = false,
): void {
  if (typeof schema === 'boolean' || active.has(schema)) return
  active.add(schema)
  if (isObject(value)) collectNames(schema, value, scope, found, outermost)
  if (isArray(value)) collectItems(schema, value, scope, found, outermost)
  for (const applied of fitting(schema, value, scope)) collect(applied, value, scope, found, active)
  active.delete(schema)
}

function collectNames(node: Node, value: JsonObject, scope: Scope, found: Evaluated, outermost: boolean): void {
  const declared = new Set(schemaMapAt(node, 'properties').map(([name]) => name))
  const patterns = schemaMapAt(node, 'patternProperties').map(([source]) => scope.pattern(source))
  const rest =
    schemaAt(node, 'additionalProperties') !== undefined ||
    (!outermost && schemaAt(node, 'unevaluatedProperties') !== undefined)
  for (const name of Object.keys(value)) {
    if (rest || declared.has(name) || patterns.some((matches) => matches(name))) found.names.add(name)
  }
}

function collectItems(
  node: Node,
  value: readonly JsonValue[],
  scope: Scope,
  found: Evaluated,
  outermost: boolean,
): void {
  const rest = schemaAt(node, 'items') !== undefined || (!outermost && schemaAt(node, 'unevaluatedItems') !== undefined)
  const prefix = schemasAt(node, 'prefixItems').length
  const contains = schemaAt(node, 'contains')
  const matches = contains === undefined ? null : scope.compile(contains)
  for (const [at, item] of value.entries()) {
    if (rest || at < prefix || matches?.(item, null)) found.items.add(at)
  }
}

/** The further schemas that apply to the value and fit it. */
function fitting(node: Node, value: JsonValue, scope: Scope): readonly Schema[] {
  const fits = (schema: Schema): boolean => scope.inPlace(schema, new Set())(value, null)
  const found = [...scope.schemas.parts(node)]
  found.push(...[...schemasAt(node, 'anyOf'), ...schemasAt(node, 'oneOf')].filter(fits))
  const condition = schemaAt(node, 'if')
  if (condition !== undefined) {
    const holds = fits(condition)
    if (holds) found.push(condition)
    found.push(schemaAt(node, holds ? 'then' : 'else') ?? true)
  }
  for (const [name, schema] of schemaMapAt(node, 'dependentSchemas')) {
    if (isObject(value) && Object.hasOwn(value, name)) found.push(schema)
  }
  return found
}
