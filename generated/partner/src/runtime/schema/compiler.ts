import { isObject, type JsonValue, work } from '../json/index.ts'
import type { Schema } from '../vocabulary.ts'
import { canonical } from './equality.ts'
import { all, type Check, enough, fail, failAt } from './fault.ts'
import { createGuardedNames, type GuardedName, type GuardedNames } from './guardedNames.ts'
import { arrayChecks } from './keywords/array.ts'
import { logicChecks } from './keywords/logic.ts'
import { numberChecks } from './keywords/number.ts'
import { dependentSchemas, objectChecks } from './keywords/object.ts'
import { anything, type Direction, type Scope } from './keywords/scope.ts'
import { stringChecks } from './keywords/string.ts'
import { ARRAY, isInteger, kindOf, NUMBER, OBJECT, STRING, typesOf } from './kinds.ts'
import { isNeutral, type Node, schemaMapAt, textAt } from './node.ts'
import type { Test } from './patterns.ts'
import type { Schemas } from './schemas.ts'
import { unevaluatedChecks } from './unevaluated.ts'

const none: ReadonlySet<string> = new Set()

/**
 * Makes checks of schemas. Inline subschemas are compiled at once, targets of `$ref` on first use, so recursion through `$ref`
 * ends.
 */
export class Compiler implements Scope {
  readonly schemas: Schemas
  readonly direction: Direction
  readonly pattern: (source: string) => Test
  readonly guardedNames: GuardedNames
  readonly #known = new Map<Node, Map<string, Check>>()
  readonly #guarded = new Map<Schema, GuardedName | null>()
  readonly #circling: Circling = new Map()
  readonly #running = new Map<Node, Set<unknown>[]>()

  constructor(schemas: Schemas, direction: Direction, pattern: (source: string) => Test) {
    this.schemas = schemas
    this.direction = direction
    this.pattern = pattern
    this.guardedNames = createGuardedNames(schemas)
  }

  compile = (schema: Schema): Check => {
    const check = this.inPlace(schema, none)
    const guarded = check === anything || this.direction === 'response' ? null : this.#guardedBy(schema)
    return guarded === null ? check : guarding(guarded, check)
  }

  /** The check of a schema that is one of several for a value; names that it does not declare may be declared by the others. */
  branch = (schema: Schema): Check => this.inPlace(schema, none)

  /** The names that a value's members must not look like: those of all schemas that apply to it. A `$ref` shares those of its target. */
  #guardedBy(schema: Schema): GuardedName | null {
    const ref = typeof schema === 'object' && Object.keys(schema).length === 1 ? textAt(schema, '$ref') : undefined
    const target = ref === undefined ? schema : this.schemas.resolve(ref)
    const known = this.#guarded.get(target)
    if (known !== undefined) return known
    const guarded = this.guardedNames(target, [])
    this.#guarded.set(target, guarded)
    return guarded
  }

  inPlace = (schema: Schema, waived: ReadonlySet<string>): Check =>
    this.#remembered(schema, waived, (node) => this.#make(node, waived))

  reference = (ref: string, waived: ReadonlySet<string>): Check =>
    this.#remembered(this.schemas.resolve(ref), waived, (node) => {
      let made: Check | null = null
      const check: Check = (value, faults) => {
        made ??= this.#make(node, waived)
        return made(value, faults)
      }
      return recalled(check, this.schemas.isCyclic(node) ? this.#circling : null)
    })

  isRunning = (node: Node, value: JsonValue): boolean => {
    const active = this.#running.get(node)
    return active?.some((values) => values.has(value)) === true
  }

  #remembered(schema: Schema, waived: ReadonlySet<string>, make: (node: Node) => Check): Check {
    if (isNeutral(schema)) return anything
    if (typeof schema === 'boolean') return (_, faults) => fail(faults, 'is not allowed')
    const key = waived.size === 0 ? '' : [...waived].sort().join('\n')
    const variants = this.#known.get(schema) ?? new Map<string, Check>()
    this.#known.set(schema, variants)
    const known = variants.get(key)
    if (known !== undefined) return known
    const made = make(schema)
    const check = this.schemas.isCyclic(schema) ? once(made, this.#activeOf(schema), this.#circling) : made
    variants.set(key, check)
    return check
  }

  /** The set of values that one further check of a schema is running on. */
  #activeOf(node: Node): Set<unknown> {
    const active = new Set<unknown>()
    this.#running.set(node, [...(this.#running.get(node) ?? []), active])
    return active
  }

  #make(node: Node, inherited: ReadonlySet<string>): Check {
    const waived = new Set([...inherited, ...this.#waivedBy(node)])
    const types = typesOf(node)
    const onNumber = all(numberChecks(node))
    const onString = stringChecks(node, this)
    const onArray = all(arrayChecks(node, this))
    const onObject = all([...objectChecks(node, this, waived), ...dependentSchemas(node, this, waived)])
    const onAny = all([...valueChecks(node), ...logicChecks(node, this, waived), ...unevaluatedChecks(node, this)])
    if (types === null && !onNumber && !onString && !onArray && !onObject) return onAny ?? anything
    if (types?.kinds === STRING && onAny === null) return stringOnly(onString, types.detail)
    return (value, faults) => {
      const kind = kindOf(value)
      if (types !== null && !((types.kinds & kind) !== 0 && (!types.whole || kind !== NUMBER || isInteger(value)))) {
        return fail(faults, types.detail)
      }
      const own = ownCheck(kind)
      const fits = own === null || own(value, faults)
      if (onAny === null || (!fits && faults === null)) return fits
      return onAny(value, faults) && fits
    }

    function ownCheck(kind: number): Check | null {
      if (kind === OBJECT) return onObject
      if (kind === STRING) return onString
      if (kind === NUMBER) return onNumber
      return kind === ARRAY ? onArray : null
    }
  }

  /** Required names that may be missing: `readOnly` members in a request, `writeOnly` ones in an answer. */
  #waivedBy(node: Node): readonly string[] {
    const annotation = this.direction === 'request' ? 'readOnly' : 'writeOnly'
    const seen = new Set<Schema>()
    const found: string[] = []
    const visit = (schema: Schema): void => {
      if (typeof schema === 'boolean' || seen.has(schema)) return
      seen.add(schema)
      for (const [name, of] of schemaMapAt(schema, 'properties')) {
        if (this.schemas.marks(of, annotation)) found.push(name)
      }
      for (const part of this.schemas.parts(schema)) visit(part)
    }
    visit(node)
    return found
  }
}

/** A check that also refuses members whose names a service may read as that of a guarded member. */
function guarding(guarded: GuardedName, check: Check): Check {
  return (value, faults) => {
    let fits = true
    if (isObject(value)) {
      for (const name in value) {
        const meant = guarded(name)
        if (meant === undefined) continue
        fits = failAt(faults, name, `is not allowed here: services may read it as ${meant}`)
        if (enough(faults)) return false
      }
    }
    return check(value, faults) && fits
  }
}

/**
 * The check of a schema that only strings fit, without a dispatch by kind. Most values are strings, most of them without other
 * keywords.
 */
function stringOnly(check: Check | null, detail: string): Check {
  if (check === null) return (value, faults) => typeof value === 'string' || fail(faults, detail)
  return (value, faults) => (typeof value === 'string' ? check(value, faults) : fail(faults, detail))
}

/** `enum` and `const`. */
function valueChecks(node: Node): readonly Check[] {
  const { enum: list } = node
  const checks: Check[] = Array.isArray(list) ? [oneOf(list)] : []
  if (Object.hasOwn(node, 'const')) checks.push(oneOf([node['const'] as JsonValue]))
  return checks
}

function oneOf(values: readonly JsonValue[]): Check {
  const strings = new Set(values.filter((value) => typeof value === 'string'))
  const others = new Set(values.filter((value) => typeof value !== 'string').map(canonical))
  const scalars = values.every((value) => typeof value !== 'object' || value === null)
  const words = values.map((value) => (typeof value === 'string' ? value : canonical(value)))
  const detail = scalars && words.length <= 20 ? `must be ${words.join(' or ')}` : 'must be one of the listed values'
  return (value, faults) =>
    (typeof value === 'string' ? strings.has(value) : others.size > 0 && others.has(canonical(value))) ||
    fail(faults, detail)
}

/** Steps of caching one result (rule P15). */
const recallSteps = 8

/** Values that cyclic checks are running on, and the number of those checks. */
type Circling = Map<unknown, number>

/** A check that returns true where it is called again for a value that it is already running on: one in `active`. */
function once(check: Check, active: Set<unknown>, circling: Circling): Check {
  return (value, faults) => {
    if (active.has(value)) return true
    active.add(value)
    const others = circling.get(value) ?? 0
    circling.set(value, others + 1)
    try {
      return check(value, faults)
    } finally {
      active.delete(value)
      if (others === 0) circling.delete(value)
      else circling.set(value, others)
    }
  }
}

/**
 * A check that caches its results for values within a value. Without the cache, a schema that refers to itself from several
 * alternatives would check the same members again for each of them: the time would grow exponentially with the nesting, already
 * for a few hundred bytes (rule O6). The result of a cyclic check is not cached while another cyclic check runs on the same
 * value, because it may depend on what `once` assumes.
 */
function recalled(check: Check, circling: Circling | null): Check {
  const found = new WeakMap<object, boolean>()
  let within = false
  return (value, faults) => {
    if (faults !== null || typeof value !== 'object' || value === null) return check(value, faults)
    if (!within) {
      within = true
      try {
        return check(value, null)
      } finally {
        within = false
      }
    }
    const known = found.get(value)
    if (known !== undefined) return known
    work.spend(recallSteps)
    const fits = check(value, null)
    if (circling === null || circling.get(value) === 1) found.set(value, fits)
    return fits
  }
}
