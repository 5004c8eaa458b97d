import type { Schema } from '../vocabulary.ts'
import { heirsOf, isSchema, type Node, refName, schemaAt, schemaMapAt, schemasAt, textAt } from './node.ts'

/** A service's named schemas, with look-ups that several modules need. */
export class Schemas {
  readonly #named: ReadonlyMap<string, Schema>
  readonly #cyclic = new Map<Node, boolean>()

  constructor(named: Readonly<Record<string, Schema>>) {
    this.#named = new Map(Object.entries(named))
  }

  /**
   * The target of a `$ref`. The generator emits only references that have one. A missing one throws, since without it every value
   * would fit.
   */
  resolve(ref: string): Schema {
    const found = this.#named.get(refName(ref))
    if (found === undefined) throw new Error(`schemas.json has no ${ref}`)
    return found
  }

  /** Whether the schema has this annotation (`readOnly`, `writeOnly`): itself, through its `$ref` or through a part of `allOf`. */
  marks(schema: Schema, annotation: 'readOnly' | 'writeOnly'): boolean {
    return this.#marks(schema, annotation, new Set())
  }

  #marks(schema: Schema, annotation: string, seen: Set<Schema>): boolean {
    if (typeof schema === 'boolean' || seen.has(schema)) return false
    seen.add(schema)
    if (schema[annotation] === true) return true
    return this.parts(schema).some((part) => this.#marks(part, annotation, seen))
  }

  /** The schemas that always apply together with this one, to the same value: through `$ref` and `allOf`. */
  parts(node: Node): readonly Schema[] {
    const ref = textAt(node, '$ref')
    const parts = schemasAt(node, 'allOf')
    return ref === undefined ? parts : [this.resolve(ref), ...parts]
  }

  /** The schemas that a base schema's discriminator selects among, each once. */
  heirs(node: Node): readonly Schema[] {
    const discriminator = heirsOf(node)
    if (discriminator === null) return []
    const { mapping, fallback } = discriminator
    return [...new Set([...mapping.values(), ...(fallback === null ? [] : [fallback])])].map((ref) => this.resolve(ref))
  }

  /** Those of some schemas that extend a base by `$ref` or `allOf`, with references resolved. */
  extending(base: Node, all: readonly Schema[]): readonly Node[] {
    if (!this.isCyclic(base)) return []
    const extend = (schema: Schema, seen: Set<Schema>): boolean => {
      if (typeof schema === 'boolean' || seen.has(schema)) return false
      seen.add(schema)
      return this.parts(schema).some((part) => part === base || extend(part, seen))
    }
    return all.flatMap((schema) => {
      const ref = typeof schema === 'boolean' ? undefined : textAt(schema, '$ref')
      const target = ref === undefined ? schema : this.resolve(ref)
      return typeof target === 'object' && target !== base && extend(target, new Set()) ? [target] : []
    })
  }

  /** Whether a schema applies itself again to the same value, such as a base schema that others extend. */
  isCyclic(node: Node): boolean {
    const known = this.#cyclic.get(node)
    if (known !== undefined) return known
    const seen = new Set<Schema>()
    const returns = (schema: Schema): boolean =>
      typeof schema !== 'boolean' &&
      this.#inPlace(schema).some((part) => {
        if (part === node) return true
        if (seen.has(part)) return false
        seen.add(part)
        return returns(part)
      })
    const cyclic = returns(node)
    this.#cyclic.set(node, cyclic)
    return cyclic
  }

  #inPlace(node: Node): readonly Schema[] {
    const single = ['not', 'if', 'then', 'else'].map((keyword) => schemaAt(node, keyword)).filter(isSchema)
    return [
      ...this.parts(node),
      ...schemasAt(node, 'anyOf'),
      ...schemasAt(node, 'oneOf'),
      ...this.heirs(node),
      ...single,
      ...schemaMapAt(node, 'dependentSchemas').map(([, schema]) => schema),
    ]
  }
}
