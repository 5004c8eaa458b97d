import { type JsonValue, work } from '../../json/index.ts'
import { areUnique } from '../equality.ts'
import { type Check, descend, enough, fail, failAt } from '../fault.ts'
import { countAt, type Node, schemaAt, schemasAt } from '../node.ts'
import { anything, type Scope } from './scope.ts'

type Items = readonly JsonValue[]

/** Steps of going through an array, beside one for each item (rule P15). */
const visitSteps = 3

export function arrayChecks(node: Node, scope: Scope): readonly Check[] {
  return [...sizes(node), ...items(node, scope), ...contains(node, scope), ...unique(node)]
}

function sizes(node: Node): readonly Check[] {
  const least = countAt(node, 'minItems') ?? 0
  const most = countAt(node, 'maxItems') ?? Number.POSITIVE_INFINITY
  if (least <= 0 && most === Number.POSITIVE_INFINITY) return []
  const check: Check = (value, faults) => {
    const { length } = value as Items
    if (length < least) return fail(faults, `must have at least ${counted(least)}`)
    return length <= most || fail(faults, `must have at most ${counted(most)}`)
  }
  return [check]
}

function counted(items: number): string {
  return items === 1 ? '1 item' : `${items} items`
}

function items(node: Node, scope: Scope): readonly Check[] {
  const prefix = schemasAt(node, 'prefixItems').map((schema) => scope.compile(schema))
  const restSchema = schemaAt(node, 'items')
  const rest = restSchema === undefined ? anything : scope.compile(restSchema)
  if (prefix.length === 0 && rest === anything) return []
  const check: Check = (value, faults) => {
    let fits = true
    let at = 0
    work.spend(visitSteps + (value as Items).length)
    for (const item of value as Items) {
      const check = prefix[at] ?? rest
      if (check !== anything && !itemFits(check, item, at, faults)) {
        if (enough(faults)) return false
        fits = false
      }
      at += 1
    }
    return fits
  }
  const itemFits = (check: Check, item: JsonValue, at: number, faults: Parameters<Check>[1]): boolean =>
    restSchema === false && at >= prefix.length
      ? failAt(faults, String(at), 'is one item too many')
      : descend(check, item, at, faults)
  return [check]
}

function contains(node: Node, scope: Scope): readonly Check[] {
  const schema = schemaAt(node, 'contains')
  if (schema === undefined) return []
  const matches = scope.compile(schema)
  const least = countAt(node, 'minContains') ?? 1
  const most = countAt(node, 'maxContains') ?? Number.POSITIVE_INFINITY
  const check: Check = (value, faults) => {
    let found = 0
    work.spend(visitSteps + 2 * (value as Items).length)
    for (const item of value as Items) {
      if (matches(item, null)) found += 1
    }
    if (found < least) return fail(faults, `must have at least ${counted(least)} of the kind described`)
    return found <= most || fail(faults, `must have at most ${counted(most)} of the kind described`)
  }
  return [check]
}

function unique(node: Node): readonly Check[] {
  if (node['uniqueItems'] !== true) return []
  return [(value, faults) => areUnique(value as Items) || fail(faults, 'must not have two equal items')]
}
