import { type JsonObject, member, work } from '../../json/index.ts'
import { type Check, descend, enough, fail, failAt } from '../fault.ts'
import { countAt, type Node, schemaAt, schemaMapAt, stringsAt } from '../node.ts'
import type { Test } from '../patterns.ts'
import { anything, type Scope } from './scope.ts'

/** Steps of going through an object, beside five for each member, and one for each pattern of names (rule P15). */
const visitSteps = 3
const memberSteps = 5
/** Steps of listing a name, and the names of an object with many: V8 sorts them each time. */
const listingSteps = 15

export function objectChecks(node: Node, scope: Scope, waived: ReadonlySet<string>): readonly Check[] {
  return [
    ...sizes(node),
    ...required(node, waived),
    ...dependencies(node),
    ...members(node, scope),
    ...names(node, scope),
  ]
}

function sizes(node: Node): readonly Check[] {
  const least = countAt(node, 'minProperties') ?? 0
  const most = countAt(node, 'maxProperties') ?? Number.POSITIVE_INFINITY
  if (least <= 0 && most === Number.POSITIVE_INFINITY) return []
  const check: Check = (value, faults) => {
    const { length } = Object.keys(value as JsonObject)
    work.spend(length * listingSteps)
    if (length < least) return fail(faults, `must have at least ${counted(least)}`)
    return length <= most || fail(faults, `must have at most ${counted(most)}`)
  }
  return [check]
}

function counted(members: number): string {
  return members === 1 ? '1 member' : `${members} members`
}

function required(node: Node, waived: ReadonlySet<string>): readonly Check[] {
  const needed = stringsAt(node, 'required').filter((name) => !waived.has(name))
  if (needed.length === 0) return []
  const check: Check = (value, faults) => {
    let fits = true
    for (const name of needed) {
      if (Object.hasOwn(value as JsonObject, name)) continue
      fits = failAt(faults, name, 'is required')
      if (enough(faults)) return false
    }
    return fits
  }
  return [check]
}

function dependencies(node: Node): readonly Check[] {
  const value = node['dependentRequired']
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).map((name): Check => {
    const needed = stringsAt(value as Node, name)
    return (value, faults) => {
      const object = value as JsonObject
      work.spend(1)
      if (!Object.hasOwn(object, name)) return true
      let fits = true
      for (const other of needed) {
        if (Object.hasOwn(object, other)) continue
        fits = failAt(faults, other, `is required where ${name} is`)
        if (enough(faults)) return false
      }
      return fits
    }
  })
}

interface PatternCheck {
  readonly matches: Test
  readonly check: Check
}

/** `properties`, `patternProperties` and `additionalProperties` in one pass over the members of the value. */
function members(node: Node, scope: Scope): readonly Check[] {
  const declared = new Map<string, Check>()
  for (const [name, schema] of schemaMapAt(node, 'properties')) declared.set(name, property(scope, schema))
  const patterned = schemaMapAt(node, 'patternProperties').map(
    ([source, schema]): PatternCheck => ({ matches: scope.pattern(source), check: property(scope, schema) }),
  )
  const patterns = patterned.length > 0 ? patterned : null
  const additionalSchema = schemaAt(node, 'additionalProperties')
  const additional = additionalSchema === undefined ? anything : unexpected(scope, additionalSchema)
  const idle = [...declared.values(), ...patterned.map(({ check }) => check), additional].every((c) => c === anything)
  if (idle) return []
  const stepsOfMember = memberSteps + patterned.length
  const check: Check = (value, faults) => {
    let fits = true
    const object = value as JsonObject
    work.spend(visitSteps)
    for (const name in object) {
      const of = object[name]
      if (of === undefined) continue
      work.spend(stepsOfMember)
      const own = declared.get(name)
      let matched = own !== undefined
      if (own !== undefined && own !== anything) fits = descend(own, of, name, faults) && fits
      if (patterns !== null) {
        for (const pattern of patterns) {
          if (!pattern.matches(name)) continue
          matched = true
          fits = descend(pattern.check, of, name, faults) && fits
        }
      }
      if (!matched && additional !== anything) fits = descend(additional, of, name, faults) && fits
      if (!fits && enough(faults)) return failedEarly(object)
    }
    return fits
  }
  return [check]
}

/** A loop over the members of an object lists all of their names before the first, so ending it early costs them all the same. */
function failedEarly(object: JsonObject): false {
  work.spend(listingSteps * Object.keys(object).length)
  return false
}

function property(scope: Scope, schema: Parameters<Scope['compile']>[0]): Check {
  if (scope.direction === 'request' && scope.schemas.marks(schema, 'readOnly')) {
    return (_, faults) => fail(faults, 'is read-only: it cannot be sent')
  }
  return scope.compile(schema)
}

/** The check of members that are not declared. Its message for the schema `false` is clearer than the general one. */
export function unexpected(scope: Scope, schema: Parameters<Scope['compile']>[0]): Check {
  return schema === false ? (_, faults) => fail(faults, 'is not allowed here') : property(scope, schema)
}

function names(node: Node, scope: Scope): readonly Check[] {
  const schema = schemaAt(node, 'propertyNames')
  const fits = schema === undefined ? anything : scope.compile(schema)
  if (fits === anything) return []
  const check: Check = (value, faults) => {
    for (const name in value as JsonObject) {
      work.spend(memberSteps)
      if (fits(name, null)) continue
      failedEarly(value as JsonObject)
      return failAt(faults, name, 'has a name that is not allowed')
    }
    return true
  }
  return [check]
}

/** Applies a schema where the value has a member of that name. */
export function dependentSchemas(node: Node, scope: Scope, waived: ReadonlySet<string>): readonly Check[] {
  return schemaMapAt(node, 'dependentSchemas').map(([name, schema]): Check => {
    const check = scope.inPlace(schema, waived)
    return (value, faults) => {
      work.spend(1)
      return member(value as JsonObject, name) === undefined || check(value, faults)
    }
  })
}
