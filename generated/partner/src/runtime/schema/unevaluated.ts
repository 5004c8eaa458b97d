import { isArray, isObject, type JsonValue, work } from '../json/index.ts'
import type { Schema } from '../vocabulary.ts'
import { collectorOf, Evaluated } from './evaluated.ts'
import { type Check, descend, enough, failAt } from './fault.ts'
import { unexpected } from './keywords/object.ts'
import type { Scope } from './keywords/scope.ts'
import { type Node, schemaAt } from './node.ts'

/** Steps of one evaluation, and of each member and item that may be left (rule P15). */
const evaluationSteps = 15
const stepsOf = { member: 15, item: 2 } as const

/**
 * `unevaluatedProperties` and `unevaluatedItems` (JSON Schema 2020-12 core, section 11). What has been evaluated is found by
 * checking again which branches fit, so only schemas with these keywords have this cost.
 */
export function unevaluatedChecks(node: Node, scope: Scope): readonly Check[] {
  const checks: Check[] = []
  const properties = schemaAt(node, 'unevaluatedProperties')
  if (properties !== undefined && properties !== true) checks.push(propertiesCheck(node, properties, scope))
  const items = schemaAt(node, 'unevaluatedItems')
  if (items !== undefined && items !== true) checks.push(itemsCheck(node, items, scope))
  return checks
}

function propertiesCheck(node: Node, schema: Schema, scope: Scope): Check {
  const check = unexpected(scope, schema)
  const collect = collectorOf(node, scope)
  return (value, faults) => {
    if (!isObject(value)) return true
    const evaluated = new Evaluated()
    work.spend(evaluationSteps)
    collect(value, evaluated)
    let fits = true
    const names = Object.keys(value)
    work.spend(stepsOf.member * names.length)
    for (const name of names) {
      if (evaluated.has(name) || descend(check, value[name] as JsonValue, name, faults)) continue
      if (enough(faults)) return false
      fits = false
    }
    return fits
  }
}

function itemsCheck(node: Node, schema: Schema, scope: Scope): Check {
  const check = scope.compile(schema)
  const collect = collectorOf(node, scope)
  return (value, faults) => {
    if (!isArray(value)) return true
    const evaluated = new Evaluated()
    work.spend(evaluationSteps + stepsOf.item * value.length)
    collect(value, evaluated)
    let fits = true
    for (const [at, item] of value.entries()) {
      if (evaluated.has(at)) continue
      if (schema === false) fits = failAt(faults, String(at), 'is one item too many')
      else fits = descend(check, item, at, faults) && fits
      if (!fits && enough(faults)) return false
    }
    return fits
  }
}
