import { isArray, isObject, type JsonObject, type JsonValue, work } from '../json/index.ts'
import type { Schema } from '../vocabulary.ts'
import type { Scope } from './keywords/scope.ts'
import { heirsOf, type Node, schemaAt, schemaMapAt, schemasAt, selectedBy } from './node.ts'

/** What schemas have evaluated of a value. Sets are made on first use, because there may be one of these for each small object. */
export class Evaluated {
  #members: Set<string | number> | null = null
  #active: Set<Node> | null = null

  /** Adds the name of a member, or the index of an item. */
  add(member: string | number): void {
    this.#members ??= new Set()
    this.#members.add(member)
  }

  has(member: string | number): boolean {
    return this.#members?.has(member) === true
  }

  /** Marks that a schema is being collected, of those that apply themselves again. False: it already is. */
  enter(node: Node): boolean {
    this.#active ??= new Set()
    if (this.#active.has(node)) return false
    this.#active.add(node)
    return true
  }

  leave(node: Node): void {
    this.#active?.delete(node)
  }
}

/** Adds what a schema evaluates in a value that fits it. */
export type Collect = (value: JsonValue, found: Evaluated) => void

/** Steps for each member or item that a schema may evaluate (rule P15). */
const memberSteps = 6

const nothing: ReadonlySet<string> = new Set()

/**
 * What a schema evaluates with all that it applies to the same value. Its own `unevaluated...` keyword is excluded, because that
 * applies to the rest.
 */
export function collectorOf(node: Node, scope: Scope): Collect {
  return new Collectors(scope).outermost(node)
}

/** The collectors of all schemas that one schema applies. Each is made on first use, because a schema may refer to itself. */
class Collectors {
  readonly #scope: Scope
  readonly #known = new Map<Node, Collect>()

  constructor(scope: Scope) {
    this.#scope = scope
  }

  outermost(node: Node): Collect {
    let made: Collect | null = null
    return this.#once(node, (value, found) => {
      made ??= this.#make(node, true)
      made(value, found)
    })
  }

  /** A schema that applies itself again to the same value is collected once. */
  #once(node: Node, collect: Collect): Collect {
    if (!this.#scope.schemas.isCyclic(node)) return collect
    return (value, found) => {
      if (!found.enter(node)) return
      collect(value, found)
      found.leave(node)
    }
  }

  #of(schema: Schema): Collect | null {
    if (typeof schema === 'boolean') return null
    const known = this.#known.get(schema)
    if (known !== undefined) return known
    let made: Collect | null = null
    const collect = this.#once(schema, (value, found) => {
      made ??= this.#make(schema, false)
      made(value, found)
    })
    this.#known.set(schema, collect)
    return collect
  }

  #make(node: Node, outermost: boolean): Collect {
    const names = namesOf(node, this.#scope, outermost)
    const items = itemsOf(node, this.#scope, outermost)
    const further = this.#further(node)
    return (value, found) => {
      if (isObject(value)) names?.(value, found)
      else if (isArray(value)) items?.(value, found)
      for (const collect of further) collect(value, found)
    }
  }

  /** The further schemas that apply to the value, where they fit it. */
  #further(node: Node): readonly Collect[] {
    const { schemas } = this.#scope
    const fits = (schema: Schema) => this.#scope.inPlace(schema, nothing)
    const found: Collect[] = []
    for (const part of schemas.parts(node)) found.push((value, into) => this.#of(part)?.(value, into))
    for (const schema of [...schemasAt(node, 'anyOf'), ...schemasAt(node, 'oneOf')]) {
      const check = fits(schema)
      found.push((value, into) => {
        work.spend(memberSteps)
        if (check(value, null)) this.#of(schema)?.(value, into)
      })
    }
    const heirs = heirsOf(node)
    if (heirs !== null) {
      found.push((value, into) => {
        const heir = selectedBy(heirs, value)
        if (heir !== undefined) this.#of(schemas.resolve(heir))?.(value, into)
      })
    }
    const condition = schemaAt(node, 'if')
    if (condition !== undefined) {
      const holds = fits(condition)
      found.push((value, into) => {
        const fulfilled = holds(value, null)
        if (fulfilled) this.#of(condition)?.(value, into)
        this.#of(schemaAt(node, fulfilled ? 'then' : 'else') ?? true)?.(value, into)
      })
    }
    for (const [name, schema] of schemaMapAt(node, 'dependentSchemas')) {
      found.push((value, into) => {
        if (isObject(value) && Object.hasOwn(value, name)) this.#of(schema)?.(value, into)
      })
    }
    return found
  }
}

/** `null`: the schema itself evaluates no members. */
function namesOf(node: Node, scope: Scope, outermost: boolean): ((value: JsonObject, found: Evaluated) => void) | null {
  const declared = new Set(schemaMapAt(node, 'properties').map(([name]) => name))
  const patterns = schemaMapAt(node, 'patternProperties').map(([source]) => scope.pattern(source))
  const rest =
    schemaAt(node, 'additionalProperties') !== undefined ||
    (!outermost && schemaAt(node, 'unevaluatedProperties') !== undefined)
  if (!rest && declared.size + patterns.length === 0) return null
  const steps = memberSteps + patterns.length
  return (value, found) => {
    for (const name in value) {
      work.spend(steps)
      if (rest || declared.has(name) || patterns.some((matches) => matches(name))) found.add(name)
    }
  }
}

/** `null`: the schema itself evaluates no items. */
function itemsOf(
  node: Node,
  scope: Scope,
  outermost: boolean,
): ((value: readonly JsonValue[], found: Evaluated) => void) | null {
  const rest = schemaAt(node, 'items') !== undefined || (!outermost && schemaAt(node, 'unevaluatedItems') !== undefined)
  const prefix = schemasAt(node, 'prefixItems').length
  const contains = schemaAt(node, 'contains')
  const matches = contains === undefined ? null : scope.compile(contains)
  if (!rest && prefix === 0 && matches === null) return null
  return (value, found) => {
    work.spend(memberSteps * value.length)
    let at = 0
    for (const item of value) {
      if (rest || at < prefix || matches?.(item, null)) found.add(at)
      at += 1
    }
  }
}
