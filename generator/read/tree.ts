import { below, keyOf, type Origin } from '../support/index.ts'
import { mapMembers } from './kinds.ts'
import type { Limits } from './limits.ts'
import type { JsonValue } from './types.ts'

/** The origin of each object and list of a document, by identity, so that it stays valid if they are moved. */
export type Origins = WeakMap<object, Origin>

export type TreeFault =
  | { readonly kind: 'nodes' | 'depth'; readonly origin: Origin; readonly limit: number }
  | { readonly kind: 'key'; readonly origin: Origin; readonly key: string }
  | { readonly kind: 'value'; readonly origin: Origin; readonly found: string }

export interface ReferenceNode {
  $ref: string
}

export interface Tree {
  readonly value: JsonValue
  readonly faults: readonly TreeFault[]
  /** Objects with a `$ref` text, in the order written, without those in examples and other data. */
  readonly references: readonly ReferenceNode[]
  /** Objects with an `$id`, `$anchor` or `$dynamicAnchor` text (JSON Schema 2020-12). */
  readonly named: readonly object[]
  /** Objects named `mapping`, of which some belong to a discriminator. */
  readonly mappings: readonly object[]
}

const identifiers = ['$id', '$anchor', '$dynamicAnchor']

/** What the members of an object are: those of OpenAPI or JSON Schema, things by their names, or data, in which nothing has a meaning. */
type Role = 'members' | 'names' | 'data'

const dataWithin = new Set(['example', 'default', 'const', 'enum', 'value', 'dataValue'])

/** `parent`: `null` for the root of a file, which may hold things by their names. */
function roleOf(name: string, value: unknown, parent: Role | null): Role {
  if (parent === 'data') return 'data'
  if (parent === 'names') return 'members'
  if (parent === 'members' && (dataWithin.has(name) || name.startsWith('x-'))) return 'data'
  if (!mapMembers.has(name)) return 'members'
  if (!Array.isArray(value)) return 'names'
  return name === 'examples' ? 'data' : 'members'
}

const MOST_FAULTS = 20

/** The number of nodes in a subtree, aliases expanded, and of its levels. */
interface Extent {
  readonly nodes: number
  readonly levels: number
}

/**
 * Walks a parsed file: checks that it is plain JSON within the limits, and records the origin of each node. Each node is visited once,
 * but counted again for each alias of it, so that no small file can expand into a large document.
 */
export function surveyTree(value: unknown, file: string, limits: Limits, origins: Origins): Tree {
  const faults: TreeFault[] = []
  const references: ReferenceNode[] = []
  const named: object[] = []
  const mappings: object[] = []
  /** `null` while the node is being walked: a second visit then is a cycle. */
  const extents = new Map<object, Extent | null>()
  const scalar: Extent = { nodes: 1, levels: 0 }

  const walk = (node: unknown, here: Origin, depth: number, role: Role | null): Extent => {
    if (typeof node === 'string' || typeof node === 'boolean' || node === null) return scalar
    if (typeof node === 'bigint') return scalar
    if (typeof node === 'number' && Number.isFinite(node)) return scalar
    if (typeof node !== 'object' || !(Array.isArray(node) || isPlain(node))) {
      faults.push({ kind: 'value', origin: here, found: describe(node) })
      return scalar
    }
    const known = extents.get(node)
    if (known === null || depth > limits.depth || depth + (known?.levels ?? 0) > limits.depth) {
      faults.push({ kind: 'depth', origin: here, limit: limits.depth })
      return scalar
    }
    if (known !== undefined) return known

    extents.set(node, null)
    origins.set(node, here)
    if (role !== 'data' && isReference(node)) references.push(node)
    if (role !== 'data' && identifiers.some((name) => hasText(node, name))) named.push(node)
    const isList = Array.isArray(node)
    let nodes = 1
    let levels = 0
    for (const name of Object.keys(node)) {
      if (faults.length >= MOST_FAULTS || nodes > limits.nodes) break
      if (name === '__proto__') {
        faults.push({ kind: 'key', origin: keyOf(below(here, name)), key: name })
        continue
      }
      const child: unknown = Reflect.get(node, name)
      if (name === 'mapping' && typeof child === 'object' && child !== null) mappings.push(child)
      // Most nodes are texts, which are always valid and have no origin of their own.
      const extent =
        typeof child === 'string'
          ? scalar
          : walk(child, below(here, name), depth + 1, isList ? role : roleOf(name, child, role))
      nodes += extent.nodes
      levels = Math.max(levels, extent.levels + 1)
    }
    const extent: Extent = { nodes, levels }
    extents.set(node, extent)
    return extent
  }

  const { nodes } = walk(value, { file, pointer: '' }, 1, null)
  if (nodes > limits.nodes) faults.push({ kind: 'nodes', origin: { file, pointer: '' }, limit: limits.nodes })
  return { value: value as JsonValue, faults, references, named, mappings }
}

function isPlain(node: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(node)
  return prototype === Object.prototype || prototype === null
}

function describe(node: unknown): string {
  if (node === undefined) return 'nothing'
  if (typeof node === 'number') return Number.isNaN(node) ? 'not a number' : 'infinity'
  if (node instanceof Date) return 'a date'
  if (node instanceof Uint8Array) return 'binary data'
  if (node instanceof Map || node instanceof Set) return 'a YAML collection that is neither list nor map'
  return `a ${typeof node}`
}

function hasText(node: object, name: string): boolean {
  return name in node && typeof Reflect.get(node, name) === 'string'
}

export function isReference(node: object): node is ReferenceNode {
  return hasText(node, '$ref')
}
