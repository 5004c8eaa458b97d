import { type JsonValue, parseJsonText } from '../json/index.ts'
import {
  BOOLEAN,
  type CompiledSchemas,
  describesObjects,
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
/** Programs that read whole numbers stop at a point or an exponent: `1000e-2` would be ten to one and a thousand to another. */
const whole = /^-?(?:0|[1-9]\d*)$/

/** Whatever a double holds without a doubt. */
const shortInteger = /^(?:0|-?[1-9]\d{0,14})$/

/**
 * What text stands for where JSON types have no syntax of their own: parameters and form fields. The schema decides; a text that can be
 * read in several ways is read in the first that fits. Bodies in JSON are never converted.
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

  constructor(schemas: CompiledSchemas, hints: readonly Schema[]) {
    this.#schemas = schemas
    this.#hints = hints
    this.#nodes = reach(schemas.table, hints)
    const types = new Set(this.#nodes.flatMap((node) => node['type']))
    this.#number = types.has('integer') && !types.has('number') ? whole : number
    this.kinds = hints.reduce((union: number, schema) => union | kindsOf(schemas.table, schema), 0)
  }

  scalar(text: string): JsonValue {
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

  /** One schema for what any of the hints admits. */
  get schema(): Schema {
    const [first = true, second] = this.#hints
    return second === undefined ? first : { anyOf: this.#hints }
  }

  /** What the item at that place is. */
  item(at: number): Typing {
    const known = this.#items.get(at)
    if (known !== undefined) return known
    const hints = this.#nodes.map((node) => schemasAt(node, 'prefixItems')[at] ?? schemaAt(node, 'items'))
    const found = hints.filter((schema) => schema !== undefined)
    const typing = new Typing(this.#schemas, found.length > 0 ? found : [true])
    if (this.#items.size < 100) this.#items.set(at, typing)
    return typing
  }

  /** What the member of that name is; `null` when nobody declares it. */
  member(name: string): Typing | null {
    if (name === '__proto__') return null
    const known = this.#members.get(name)
    if (known !== undefined) return known
    const hints = this.#nodes.flatMap((node) => this.#declarations(node, name))
    const isKnown = hints.length > 0 || this.names.has(name)
    const typing = isKnown ? new Typing(this.#schemas, hints.length > 0 ? hints : [true]) : null
    if (this.names.has(name)) this.#members.set(name, typing)
    return typing
  }

  /** As `member`, where a schema that says nothing of members lets any be, as it does in JSON. */
  field(name: string): Typing | null {
    const declared = this.member(name)
    return declared === null && name !== '__proto__' && this.isFree ? new Typing(this.#schemas, [true]) : declared
  }

  /** Whether the schemas say nothing of members. */
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

  /** Names of the members that are declared one by one. One that is required is declared by that. */
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

  /** Whether members of any other name are declared as well. */
  get open(): boolean {
    return this.#nodes.some((node) => {
      const additional = node['additionalProperties']
      return (isSchema(additional) && additional !== false) || schemaMapAt(node, 'patternProperties').length > 0
    })
  }
}
