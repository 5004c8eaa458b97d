import { type JsonValue, parseJsonText, work } from '../json/index.ts'
import {
  BOOLEAN,
  type CompiledSchemas,
  describesObjects,
  isClosed,
  isSchema,
  kindsOf,
  type Node,
  NULL,
  NUMBER,
  reach,
  STRING,
  schemaAt,
  schemaMapAt,
  schemasAt,
  stringsAt,
} from '../schema/index.ts'
import type { Schema } from '../vocabulary.ts'

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/
/** Integers have no point or exponent: some programs stop parsing there, so they would read `1000e-2` as 1000 and others as 10. */
const whole = /^-?(?:0|[1-9]\d*)$/

/** Integers that a double always holds exactly. */
const shortInteger = /^(?:0|-?[1-9]\d{0,14})$/

/** Steps of typing one text, and of finding the schemas of a name that is not listed (rule P15). */
const scalarSteps = 4
const memberSteps = 100

/**
 * Converts text to typed values where JSON types have no syntax: parameters and form fields. The schema decides the type; of
 * several possible values the first that fits is used. JSON bodies are never converted.
 */
export class Typing {
  /** Kinds of values the schemas admit, as bits. */
  readonly kinds: number
  readonly #schemas: CompiledSchemas
  readonly #hints: readonly Schema[]
  readonly #nodes: readonly Node[]
  readonly #number: RegExp
  readonly #members = new Map<string, Typing | null>()
  readonly #items = new Map<number, Typing>()
  /** The most items that a schema describes one by one. */
  readonly #tuple: number

  constructor(schemas: CompiledSchemas, hints: readonly Schema[]) {
    this.#schemas = schemas
    this.#hints = hints
    this.#nodes = reach(schemas.table, hints)
    const types = new Set(this.#nodes.flatMap((node) => node['type']))
    this.#number = types.has('integer') && !types.has('number') ? whole : number
    this.#tuple = Math.max(0, ...this.#nodes.map((node) => schemasAt(node, 'prefixItems').length))
    this.kinds = hints.reduce((union: number, schema) => union | kindsOf(schemas.table, schema), 0)
  }

  scalar(text: string): JsonValue {
    work.spend(scalarSteps)
    if (this.kinds === STRING) return text
    if (this.kinds === NUMBER && shortInteger.test(text)) return Number(text)
    const readings: JsonValue[] = []
    if (this.kinds & NUMBER && this.#number.test(text)) {
      const read = parseJsonText(text)
      if (read.kind === 'json') readings.push(read.value)
    }
    if (this.kinds & BOOLEAN && (text === 'true' || text === 'false')) readings.push(text === 'true')
    if (this.kinds & NULL && (text === '' || text === 'null')) readings.push(null)
    if (this.kinds & STRING || readings.length === 0) readings.push(text)
    const [first = null] = readings
    return readings.length === 1 ? first : (readings.find((value) => this.fits(value)) ?? first)
  }

  /** Whether the value fits one of the schemas. */
  fits(value: JsonValue): boolean {
    return this.#hints.some((schema) => this.#schemas.checker(schema, 'request').fits(value))
  }

  /** One schema that admits what any of the hints admits. */
  get schema(): Schema {
    const [first = true, second] = this.#hints
    return second === undefined ? first : { anyOf: this.#hints }
  }

  /** The typing of the item at that index. */
  item(index: number): Typing {
    // Beyond the tuples of all schemas every item has the same typing.
    const at = Math.min(index, this.#tuple)
    const known = this.#items.get(at)
    if (known !== undefined) return known
    const hints = this.#nodes.map((node) => schemasAt(node, 'prefixItems')[at] ?? schemaAt(node, 'items'))
    const found = hints.filter((schema) => schema !== undefined)
    const typing = new Typing(this.#schemas, found.length > 0 ? found : [true])
    this.#items.set(at, typing)
    return typing
  }

  /** The typing of the member of that name; `null`: it is not declared. */
  member(name: string): Typing | null {
    if (name === '__proto__') return null
    const known = this.#members.get(name)
    if (known !== undefined) return known
    work.spend(memberSteps)
    const hints = this.#nodes.flatMap((node) => this.#declarations(node, name))
    const isKnown = hints.length > 0 || this.names.has(name)
    const typing = isKnown ? new Typing(this.#schemas, hints.length > 0 ? hints : [true]) : null
    if (this.names.has(name)) this.#members.set(name, typing)
    return typing
  }

  /** As `member`, but schemas that declare no members accept any, as in JSON. */
  field(name: string): Typing | null {
    const declared = this.member(name)
    return declared === null && name !== '__proto__' && this.isFree ? new Typing(this.#schemas, [true]) : declared
  }

  /** Whether the schemas declare no members. */
  get isFree(): boolean {
    return !this.#nodes.some(describesObjects)
  }

  #declarations(node: Node, name: string): readonly Schema[] {
    const own = schemaMapAt(node, 'properties').filter(([property]) => property === name)
    const matching = schemaMapAt(node, 'patternProperties').filter(([source]) => this.#schemas.pattern(source)(name))
    const found = [...own, ...matching].map(([, schema]) => schema)
    const additional = schemaAt(node, 'additionalProperties')
    return found.length === 0 && additional !== undefined && additional !== false ? [additional] : found
  }

  /** Whether objects with a member that is not declared are refused. */
  get closed(): boolean {
    this.#closed ??= this.#hints.length > 0 && this.#hints.every((schema) => isClosed(this.#schemas.table, schema))
    return this.#closed
  }
  #closed: boolean | null = null

  /** Names of the members that are declared individually. A required member counts as declared. */
  get names(): ReadonlySet<string> {
    this.#names ??= new Set(
      this.#nodes.flatMap((node) => [
        ...schemaMapAt(node, 'properties').map(([name]) => name),
        ...stringsAt(node, 'required'),
      ]),
    )
    return this.#names
  }
  #names: ReadonlySet<string> | null = null

  /** Whether members with names that are not listed are declared too. */
  get open(): boolean {
    return this.#nodes.some((node) => {
      const additional = node['additionalProperties']
      return (isSchema(additional) && additional !== false) || schemaMapAt(node, 'patternProperties').length > 0
    })
  }
}
