import { decodePercent } from '../../../../templates/runtime/words/percent.ts'
import { parseUrl } from '../../../../templates/runtime/words/urls.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { pointerSegments } from '../../../support/index.ts'
import { isList, isObject, isText, member } from './values.ts'

/** A schema resource (JSON Schema 2020-12 section 4.3.5): the document, or a schema within it that has an `$id`. */
export interface Resource {
  readonly uri: string
  readonly node: JsonObject
  readonly pointer: readonly string[]
  readonly anchors: Map<string, Target>
  readonly dynamicAnchors: Set<string>
}

/** A place of the document: the value, its canonical pointer, and the resource that contains it. */
export interface Target {
  readonly node: JsonValue
  readonly pointer: readonly string[]
  readonly resource: Resource
}

export interface Locations {
  readonly document: Resource
  /** The resource that a schema starts by its `$id`, else the one that contains it. */
  enter(node: JsonObject, within: Resource): Resource
  /** The target of a reference that is written in a resource. */
  find(reference: string, within: Resource): Target | null
  /** How many resources have a `$dynamicAnchor` of this name. */
  dynamicAnchors(name: string): number
}

/** Keywords whose values are data. They may look like schemas, but are not searched. */
const opaque: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'enum', 'const'])

/** The base URI of the document. It serves only to resolve relative references. */
const base = 'http://document.invalid/'

/** Most references on the way of one pointer; beyond that it is treated as circular. */
const maxHops = 32

/** Finds the targets of references in a bundled document. `identifiers`: `$id` and anchors count (OpenAPI 3.1). */
export function locationsIn(document: JsonObject, identifiers: boolean): Locations {
  const root: Resource = { uri: base, node: document, pointer: [], anchors: new Map(), dynamicAnchors: new Set() }
  const byNode = new Map<JsonObject, Resource>()
  const byUri = new Map<string, Resource>([[base, root]])

  const index = (node: JsonValue, pointer: readonly string[], within: Resource): void => {
    if (isList(node)) {
      node.forEach((item, at) => {
        index(item, [...pointer, String(at)], within)
      })
      return
    }
    if (!isObject(node)) return
    const resource = opened(node, pointer, within)
    const { $anchor, $dynamicAnchor } = node
    if (isText($anchor)) resource.anchors.set($anchor, { node, pointer, resource })
    if (isText($dynamicAnchor)) {
      resource.anchors.set($dynamicAnchor, { node, pointer, resource })
      resource.dynamicAnchors.add($dynamicAnchor)
    }
    for (const [name, value] of Object.entries(node)) {
      if (typeof value === 'object' && !opaque.has(name)) index(value, [...pointer, name], resource)
    }
  }

  const opened = (node: JsonObject, pointer: readonly string[], within: Resource): Resource => {
    const id = member(node, '$id')
    const uri = isText(id) ? absolute(id, within.uri) : null
    if (uri === null) return within
    const resource: Resource = { uri, node, pointer, anchors: new Map(), dynamicAnchors: new Set() }
    byNode.set(node, resource)
    if (!byUri.has(uri)) byUri.set(uri, resource)
    return resource
  }

  const seek = (reference: string, within: Resource, hops: number): Target | null => {
    const at = reference.indexOf('#')
    const address = at < 0 ? reference : reference.slice(0, at)
    const encoded = at < 0 ? '' : reference.slice(at + 1)
    const fragment = decodePercent(encoded) ?? encoded
    const uri = address === '' ? within.uri : absolute(address, within.uri)
    const resource = uri === null ? undefined : byUri.get(uri)
    if (resource === undefined) return null
    const start: Target = { node: resource.node, pointer: resource.pointer, resource }
    if (fragment === '') return resource === root ? null : start
    if (!fragment.startsWith('/')) return resource.anchors.get(fragment) ?? null
    const segments = pointerSegments(fragment)
    // By the standard a pointer starts at its resource. Some specs give a component an `$id` and still count from the
    // document.
    return descend(start, segments, hops) ?? descend({ node: document, pointer: [], resource: root }, segments, hops)
  }

  /** Follows a pointer. Where a step is missing, it follows the `$ref` of the object that it has reached. */
  const descend = (start: Target, segments: readonly string[], hops: number): Target | null => {
    let { node, pointer, resource } = start
    for (const [at, segment] of segments.entries()) {
      const next = isList(node) ? node[Number(segment)] : isObject(node) ? member(node, segment) : undefined
      if (next === undefined) {
        const reference = isObject(node) ? member(node, '$ref') : undefined
        const over = isText(reference) && hops < maxHops ? seek(reference, resource, hops + 1) : null
        return over === null ? null : descend(over, segments.slice(at), hops + 1)
      }
      node = next
      pointer = [...pointer, segment]
      if (isObject(node)) resource = enter(node, resource)
    }
    return { node, pointer, resource }
  }

  const enter = (node: JsonObject, within: Resource): Resource => byNode.get(node) ?? within

  if (identifiers) index(document, [], root)
  return {
    document: root,
    enter,
    find: (reference, within) => seek(reference, within, 0),
    dynamicAnchors: (name) => [root, ...byNode.values()].filter((resource) => resource.dynamicAnchors.has(name)).length,
  }
}

function absolute(reference: string, within: string): string | null {
  const url = parseUrl(reference, within)
  if (url === null) return null
  url.hash = ''
  return url.href
}
