import { escapeSegment, unescapeSegment } from '../../templates/runtime/words/pointers.ts'
import type { JsonObject, JsonValue, SpecDocument } from '../read/types.ts'
import { below, type Code, closest, isObject, type Origin, pointedAt } from '../support/index.ts'
import type { Fault } from './types.ts'

export { isObject } from '../support/index.ts'

/** A node that is not a reference, and its origin. */
export interface Located {
  readonly value: JsonValue
  readonly origin: Origin
}

export type Followed = ({ readonly kind: 'node' } & Located) | { readonly kind: 'refused'; readonly fault: Fault }

/** Access to a document: follows references and finds origins. */
export interface Source {
  readonly spec: SpecDocument
  /** The manifest's setting for query parameters whose form OpenAPI does not define. */
  readonly nestedQuery: 'refuse' | 'brackets'
  /** The origin of a node; `near` for scalars, and for nodes that bundling created. */
  originOf(node: JsonValue | undefined, near: Origin): Origin
  /** Follows a chain of `$ref`s to its end. A Reference Object's own `summary` and `description` override the target's. */
  follow(node: JsonValue | undefined, near: Origin): Followed
}

export function createSource(spec: SpecDocument, nestedQuery: Source['nestedQuery']): Source {
  const originOf = (node: JsonValue | undefined, near: Origin): Origin =>
    typeof node === 'object' && node !== null ? (spec.originOf(node) ?? near) : near

  // Cached, because few components have many references.
  const targets = new Map<string, JsonValue | undefined>()
  const targetOf = (reference: string): JsonValue | undefined => {
    if (!targets.has(reference)) targets.set(reference, pointedAt(spec.document, reference) as JsonValue | undefined)
    return targets.get(reference)
  }

  const followChain = (start: JsonObject & { readonly $ref: string }, near: Origin): Followed => {
    let node: JsonValue = start
    let origin = originOf(node, near)
    const seen = new Set<JsonValue>()
    const overrides: { [name: string]: JsonValue } = {}
    while (isReference(node)) {
      const { $ref } = node
      const place = below(origin, '$ref')
      if (seen.has(node)) return refused('GW1206', `\`$ref: ${$ref}\` leads back to itself.`, place)
      seen.add(node)
      for (const name of ['summary', 'description']) {
        const own = node[name]
        if (typeof own === 'string' && overrides[name] === undefined && spec.version !== '3.0') overrides[name] = own
      }
      const refusal = spec.refusalOf(node)
      if (refusal !== null) return { kind: 'refused', fault: { ...refusal, origin: place } }
      const target = targetOf($ref)
      if (target === undefined)
        return refused('GW1204', `\`$ref: ${$ref}\` points to nothing.`, place, nearTo($ref, spec.document))
      origin = originOf(target, { file: spec.file, pointer: $ref.slice(1) })
      node = target
    }
    const value = Object.keys(overrides).length > 0 && isObject(node) ? { ...node, ...overrides } : node
    return { kind: 'node', value, origin }
  }

  const follow = (node: JsonValue | undefined, near: Origin): Followed =>
    isReference(node) ? followChain(node, near) : { kind: 'node', value: node ?? null, origin: originOf(node, near) }

  return { spec, nestedQuery, originOf, follow }
}

export function isReference(value: JsonValue | undefined): value is JsonObject & { readonly $ref: string } {
  return isObject(value) && typeof value['$ref'] === 'string'
}

/** Members of an object that may have extensions (`x-...`), in the order written, without these. */
export function membersOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return isObject(value) ? Object.entries(value).filter(([name]) => !name.startsWith('x-')) : []
}

/**
 * Things by their names, in the order written. Such a map has no extensions: `x-next` is the name of a header, and `x-key`
 * that of a security scheme. Only a member `x-...` that is not an object is left out.
 */
export function namedIn(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return isObject(value) ? Object.entries(value).filter(([name, of]) => !name.startsWith('x-') || isObject(of)) : []
}

export function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function refused(code: Code, message: string, origin: Origin, remedy: string | null = null): Followed {
  return { kind: 'refused', fault: { code, message, origin, remedy } }
}

/** A reference that leads somewhere, and differs in its last segment. */
function nearTo(reference: string, document: JsonObject): string | null {
  const slash = reference.lastIndexOf('/')
  const siblings = slash > 1 ? pointedAt(document, reference.slice(0, slash)) : undefined
  if (typeof siblings !== 'object' || siblings === null || Array.isArray(siblings)) return null
  const meant = closest(unescapeSegment(reference.slice(slash + 1)), Object.keys(siblings))
  return meant === null ? null : `Did you mean \`${reference.slice(0, slash + 1)}${escapeSegment(meant)}\`?`
}
