import type { Schema } from '../../vocabulary.ts'
import { discriminatorOf, type Node, schemasAt, stringsAt } from '../node.ts'
import { documentedKinds } from '../outline.ts'
import type { Schemas } from '../schemas.ts'

/** Schemas that apply to one value together, without references; and those of them whose branches the value has yet to choose. */
export interface View {
  /** Kinds of values all of them admit, as bits. */
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
    admitted &= documentedKinds(schema)
    if (isOpen(schema)) open.push(schema)
    for (const part of schemas.parts(schema)) visit(part)
  }
  for (const schema of added) visit(schema)
  return { kinds: admitted, nodes: [...nodes], open }
}

function isOpen(node: Node): boolean {
  return ['anyOf', 'oneOf', 'if', 'dependentSchemas'].some((keyword) => Object.hasOwn(node, keyword)) || hasHeirs(node)
}

/** A discriminator without branches: the base of a family whose members extend it by `allOf`. */
export function hasHeirs(node: Node): boolean {
  return schemasAt(node, 'oneOf').length + schemasAt(node, 'anyOf').length === 0 && discriminatorOf(node) !== null
}

/** Names a schema speaks of without describing them: dropping one would break the promise that it is there. */
export function mentions(node: Node): readonly string[] {
  const dependent = node['dependentRequired']
  const lists = typeof dependent === 'object' && dependent !== null ? Object.values(dependent) : []
  return [...stringsAt(node, 'required'), ...lists.flat().filter((name) => typeof name === 'string')]
}
