import type { Schema } from '../../vocabulary.ts'
import { heirsOf, type Node, stringsAt } from '../node.ts'
import { typedKinds } from '../outline.ts'
import type { Schemas } from '../schemas.ts'

/** Schemas that apply to one value together, with references resolved. `open`: those whose branches depend on the value. */
export interface View {
  /** Kinds of values that all of them admit, as bits. */
  readonly kinds: number
  readonly nodes: readonly Node[]
  readonly open: readonly Node[]
}

/** Adds schemas to a view: through `$ref` and `allOf`, each once. */
export function extend(schemas: Schemas, settled: readonly Node[], kinds: number, added: readonly Schema[]): View {
  const nodes = new Set(settled)
  const open: Node[] = []
  let admitted = kinds
  const visit = (schema: Schema): void => {
    if (schema === true) return
    if (schema === false) {
      admitted = 0
      return
    }
    if (nodes.has(schema)) return
    nodes.add(schema)
    admitted &= typedKinds(schema)
    if (isOpen(schema)) open.push(schema)
    for (const part of schemas.parts(schema)) visit(part)
  }
  for (const schema of added) visit(schema)
  return { kinds: admitted, nodes: [...nodes], open }
}

function isOpen(node: Node): boolean {
  return (
    ['anyOf', 'oneOf', 'if', 'dependentSchemas'].some((keyword) => Object.hasOwn(node, keyword)) ||
    heirsOf(node) !== null
  )
}

/** Names that a schema requires without describing them. Without such a member the projected value would not fit the schema. */
export function mentions(node: Node): readonly string[] {
  const dependent = node['dependentRequired']
  const lists = typeof dependent === 'object' && dependent !== null ? Object.values(dependent) : []
  return [...stringsAt(node, 'required'), ...lists.flat().filter((name) => typeof name === 'string')]
}
