import type { JsonValue } from '../../templates/runtime/json/index.ts'
import type { CompiledSchemas, Direction } from '../../templates/runtime/schema/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { unescapeSegment } from '../../templates/runtime/words/pointers.ts'
import { isObject } from '../support/index.ts'
import { numbers, texts } from './scalars.ts'

type Node = Exclude<Schema, boolean>

/** Options for the composed value. */
export interface Wish {
  /** 0: the simplest value; other numbers give other values. */
  readonly variant: number
  /** Whether optional members are included. */
  readonly optional: boolean
}

/** Composes a value that a schema accepts; `undefined` if none was found. */
export type Composer = (schema: Schema, wish: Wish) => unknown

/** The most schemas that are visited for one value. */
const maxSteps = 20_000

/** The number of visited schemas from which optional members are left out. */
const maxOptionalSteps = 2_000

/** The depth from which optional members are left out. */
const maxDepth = 6

const kinds = ['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'] as const
type Kind = (typeof kinds)[number]

/** All schemas that a value must fit, and the state of the search. */
interface Place {
  readonly hints: readonly Schema[]
  /** The schemas of the enclosing values, which end the recursion. Base schemas in `allOf` are not among them. */
  readonly above: ReadonlySet<Schema>
  /** Schemas whose alternative has been chosen for this value. */
  readonly chosen: ReadonlySet<Node>
  readonly depth: number
}

/**
 * Composes values from the schema alone: all schemas that apply at a place are combined, alternatives are tried in
 * order, and every value is checked by the validator of gateways.
 */
export function createComposer(contract: CompiledSchemas, direction: Direction): Composer {
  return (schema, wish) => {
    const search = new Search(contract, direction, wish)
    return search.value({ hints: [schema], above: new Set(), chosen: new Set(), depth: 0 })
  }
}

class Search {
  readonly #contract: CompiledSchemas
  readonly #direction: Direction
  readonly #wish: Wish
  /** Shared by all searches for one value. */
  readonly #steps: { count: number }

  constructor(contract: CompiledSchemas, direction: Direction, wish: Wish, steps = { count: 0 }) {
    this.#contract = contract
    this.#direction = direction
    this.#wish = wish
    this.#steps = steps
  }

  /** Whether a value at this depth has optional members and items. */
  #isGenerous(depth: number): boolean {
    return this.#wish.optional && depth < maxDepth && this.#steps.count < maxOptionalSteps
  }

  value(place: Place): unknown {
    const { hints, above } = place
    if (hints.includes(false) || ++this.#steps.count > maxSteps) return undefined
    const nodes = this.#together(hints)
    if (hints.some((hint) => above.has(this.#named(hint)))) return undefined
    const exemplary = this.#wish.variant === 0 ? nodes.flatMap(examplesOf) : []
    const example = exemplary.find((one) => this.#fits(place, one))
    if (example !== undefined) return example
    const listed = listedValues(nodes)
    if (listed !== null) return rotated(listed, this.#wish.variant).find((one) => this.#fits(place, one))
    for (const node of nodes) {
      if (place.chosen.has(node)) continue
      const alternatives = alternativesOf(node)
      if (alternatives.length > 0) return this.#choice(place, node, alternatives)
    }
    return this.#typed(place, nodes)
  }

  /** The schemas that always apply together. */
  #together(hints: readonly Schema[]): readonly Node[] {
    const found = new Set<Node>()
    const visit = (schema: Schema): void => {
      if (typeof schema === 'boolean' || found.has(schema)) return
      found.add(schema)
      for (const part of this.#contract.table.parts(schema)) visit(part)
    }
    for (const hint of hints) visit(hint)
    return [...found]
  }

  #named(schema: Schema): Schema {
    let found = schema
    while (typeof found === 'object' && typeof found['$ref'] === 'string')
      found = this.#contract.table.resolve(found['$ref'])
    return found
  }

  #choice(place: Place, node: Node, alternatives: readonly (readonly Schema[])[]): unknown {
    const chosen = new Set(place.chosen).add(node)
    for (const alternative of rotated(alternatives, this.#wish.variant)) {
      const value = this.value({ ...place, hints: [...place.hints, ...alternative], chosen })
      if (value !== undefined) return value
    }
    return undefined
  }

  #typed(place: Place, nodes: readonly Node[]): unknown {
    for (const kind of kindsOf(nodes)) {
      const found = this.#ofKind(kind, place, nodes)
      if (found !== undefined) return found
    }
    return undefined
  }

  #ofKind(kind: Kind, place: Place, nodes: readonly Node[]): unknown {
    switch (kind) {
      case 'object':
        return this.#object(place, nodes)
      case 'array':
        return this.#array(place, nodes)
      case 'string':
        return this.#first(place, texts(nodes, this.#wish.variant))
      case 'integer':
      case 'number':
        return this.#first(place, numbers(nodes, this.#wish.variant, kind === 'integer'))
      case 'boolean':
        return this.#first(place, rotated([true, false], this.#wish.variant))
      default:
        return this.#first(place, [null])
    }
  }

  #first(place: Place, candidates: Iterable<unknown>): unknown {
    for (const candidate of candidates) if (this.#fits(place, candidate)) return candidate
    return undefined
  }

  #fits({ hints }: Place, value: unknown): boolean {
    return hints.every((hint) => this.#contract.checker(hint, this.#direction).fits(value as JsonValue))
  }

  #object(place: Place, nodes: readonly Node[]): unknown {
    const required = new Set(nodes.flatMap((node) => list(node['required']).map(String)))
    const names = new Set([...nodes.flatMap((node) => Object.keys(record(node['properties']))), ...required])
    const isAbsent = (name: string): boolean =>
      this.#declared(nodes, name).some((schema) =>
        this.#contract.table.marks(schema, this.#direction === 'request' ? 'readOnly' : 'writeOnly'),
      )
    const inner = this.#within(place)
    const value: Record<string, unknown> = {}
    for (const name of names) {
      const isRequired = required.has(name)
      if (isAbsent(name) || !(isRequired || this.#isGenerous(place.depth))) continue
      const member = this.value({ ...inner, hints: this.#declared(nodes, name) })
      if (member !== undefined) value[name] = member
      else if (isRequired) return undefined
    }
    this.#addOthers(value, inner, nodes)
    return this.#withoutOffenders(place, value, required)
  }

  /** Adds members with arbitrary names: as many as are required, and at least one if the object is a map. */
  #addOthers(value: Record<string, unknown>, inner: Place, nodes: readonly Node[]): void {
    const least = Math.max(0, ...nodes.map((node) => Number(node['minProperties'] ?? 0)))
    const isMap = nodes.some((node) => isNode(node['additionalProperties']) || isNode(node['patternProperties']))
    const wanted = isMap && this.#isGenerous(inner.depth - 1) ? Math.max(1, least) : least
    const named = nodes.flatMap((node) => ('propertyNames' in node ? [node['propertyNames'] as Schema] : []))
    const patterns = nodes.flatMap((node) => Object.keys(record(node['patternProperties'])))
    const keys: Schema[] = [...named, ...patterns.slice(0, 1).map((pattern) => ({ type: 'string', pattern }))]
    for (let extra = 0; Object.keys(value).length < wanted && extra < wanted; extra++) {
      const search = this.#variant(extra)
      const name = keys.length === 0 ? `key${extra + 1}` : search.value({ ...inner, hints: keys, depth: 0 })
      const member = typeof name === 'string' ? this.value({ ...inner, hints: this.#declared(nodes, name) }) : undefined
      if (typeof name === 'string' && member !== undefined) value[name] = member
    }
  }

  /** The schemas of a member: by its name, by a pattern, or by `additionalProperties`. */
  #declared(nodes: readonly Node[], name: string): readonly Schema[] {
    return nodes.flatMap((node): readonly Schema[] => {
      const properties = record(node['properties'])
      const own = Object.hasOwn(properties, name) ? [properties[name] as Schema] : []
      const matching = Object.entries(record(node['patternProperties']))
        .filter(([source]) => this.#contract.pattern(source)(name))
        .map(([, schema]) => schema as Schema)
      const found = [...own, ...matching]
      const others = node['additionalProperties']
      return found.length > 0 || others === undefined ? found : [others as Schema]
    })
  }

  /** The object; if it is not valid, without the optional members that have faults, or without all optional members. */
  #withoutOffenders(place: Place, value: Readonly<Record<string, unknown>>, required: ReadonlySet<string>): unknown {
    let rest: Readonly<Record<string, unknown>> = value
    for (let attempt = 0; attempt < 4; attempt++) {
      if (this.#fits(place, rest)) return rest
      const offenders = new Set(
        place.hints
          .flatMap((hint) => this.#contract.checker(hint, this.#direction).faults(rest as JsonValue))
          .map(({ pointer }) => unescapeSegment(pointer.split('/')[1] ?? ''))
          .filter((name) => !required.has(name)),
      )
      const all = Object.entries(rest)
      const kept = all.filter(([name]) => !offenders.has(name))
      const isLast = kept.length === all.length || attempt === 2
      rest = Object.fromEntries(isLast ? all.filter(([name]) => required.has(name)) : kept)
    }
    return undefined
  }

  #array(place: Place, nodes: readonly Node[]): unknown {
    const numbersOf = (keyword: string): number[] =>
      nodes.flatMap((node) => (node[keyword] === undefined ? [] : [Number(node[keyword])]))
    const contained = nodes.flatMap((node) => (isSchema(node['contains']) ? [node['contains']] : []))
    const least = Math.max(
      0,
      ...numbersOf('minItems'),
      contained.length > 0 ? Math.max(1, ...numbersOf('minContains')) : 0,
    )
    const most = Math.min(...numbersOf('maxItems'), Number.POSITIVE_INFINITY)
    const wanted = Math.min(Math.max(least, this.#isGenerous(place.depth) ? 1 : 0), most)
    const inner = this.#within(place)
    const items: unknown[] = []
    for (let at = 0; at < wanted; at++) {
      const hints = nodes.flatMap((node): readonly Schema[] => {
        const schema = list(node['prefixItems'])[at] ?? node['items']
        return isSchema(schema) ? [schema] : []
      })
      // Further items are variants of the first, for `uniqueItems`.
      const search = at === 0 ? this : this.#variant(at)
      const item = search.value({ ...inner, hints: [...hints, ...contained] })
      if (item === undefined) break
      items.push(item)
    }
    if (items.length < least) return undefined
    return this.#first(place, [items, items.slice(0, least), []])
  }

  #variant(by: number): Search {
    const wish = { ...this.#wish, variant: this.#wish.variant + by }
    return new Search(this.#contract, this.#direction, wish, this.#steps)
  }

  #within({ hints, above, depth }: Place): Place {
    const named = hints.map((hint) => this.#named(hint)).filter((hint) => typeof hint === 'object')
    return { hints: [], above: new Set([...above, ...named]), chosen: new Set(), depth: depth + 1 }
  }
}

/** The alternatives of a node. Each is a list of schemas that then apply too. */
function alternativesOf(node: Node): readonly (readonly Schema[])[] {
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = list(node[keyword]).filter(isSchema)
    if (branches.length > 0) return branches.map((branch) => [branch, ...tagOf(node, branch)])
  }
  const heirs = heirsOf(node)
  if (heirs.length > 0) return heirs
  if (!isSchema(node['if'])) return []
  return [[node['if'], isSchema(node['then']) ? node['then'] : true], [isSchema(node['else']) ? node['else'] : true]]
}

/** The heirs of a base schema, each with its value; the schema alone where its member may be missing. */
function heirsOf(node: Node): readonly (readonly Schema[])[] {
  const { propertyName, mapping } = record(node['discriminator'])
  if (typeof propertyName !== 'string') return []
  const heirs = Object.entries(record(mapping)).map(([tag, to]): readonly Schema[] => [
    { type: 'object', properties: { [propertyName]: { enum: [tag] } }, required: [propertyName] },
    { $ref: String(to) },
  ])
  return heirs.length === 0 ? [] : [...heirs, [true]]
}

/** The schema of the discriminator's values for a branch. */
function tagOf(node: Node, branch: Schema): readonly Schema[] {
  const { propertyName, mapping } = record(node['discriminator'])
  const tags = Object.entries(record(mapping)).flatMap(([tag, to]) => (to === record(branch)['$ref'] ? [tag] : []))
  if (typeof propertyName !== 'string' || tags.length === 0) return []
  return [{ type: 'object', properties: { [propertyName]: { enum: tags } }, required: [propertyName] }]
}

/** The values of the first `enum` or `const`; `null` if there is none. */
function listedValues(nodes: readonly Node[]): readonly unknown[] | null {
  const lists = nodes.flatMap((node) => {
    if (Array.isArray(node['enum'])) return [node['enum'] as readonly unknown[]]
    return 'const' in node ? [[node['const']]] : []
  })
  return lists[0] ?? null
}

/**
 * The types that every `type` allows, the most informative first. Without any `type`, the types that other keywords
 * imply.
 */
function kindsOf(nodes: readonly Node[]): readonly Kind[] {
  const named = nodes.flatMap((node) => (node['type'] === undefined ? [] : [[node['type']].flat()]))
  if (named.length > 0) {
    return kinds.filter((kind) =>
      named.every((types) => types.includes(kind) || (kind === 'integer' && types.includes('number'))),
    )
  }
  const spoken = (keywords: readonly string[]): boolean =>
    nodes.some((node) => keywords.some((keyword) => keyword in node))
  if (spoken(['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties']))
    return ['object']
  if (spoken(['items', 'prefixItems', 'minItems', 'contains'])) return ['array']
  if (spoken(['minimum', 'maximum', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum'])) return ['number']
  return ['string', 'object', 'array', 'number', 'boolean', 'null']
}

function examplesOf(node: Node): readonly unknown[] {
  return [
    ...('example' in node ? [node['example']] : []),
    ...list(node['examples']),
    ...('default' in node ? [node['default']] : []),
  ]
}

function rotated<T>(all: readonly T[], by: number): readonly T[] {
  const at = all.length === 0 ? 0 : by % all.length
  return [...all.slice(at), ...all.slice(0, at)]
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isNode(value) ? value : {}
}

function isNode(value: unknown): value is Node {
  return isObject(value)
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'boolean' || isNode(value)
}
