import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml'
import { type YamlEvents, yamlEvents } from './events.ts'

/** A node of a text: the index of the event that begins it. */
export type OutlineNode = number

/** A member of a map: its key and its value. */
export interface OutlinePair {
  readonly key: OutlineNode
  readonly value: OutlineNode
}

/** Offsets in the text; `end` is exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * The positions of the nodes of a YAML or JSON text. Made from the parser's events, without values, which is 15 times faster than a
 * parser that keeps a tree with positions.
 */
export class Outline {
  readonly #text: string
  readonly #events: readonly Event[]
  readonly #original: YamlEvents['original']
  /** By node, the index of the event after its last one. */
  readonly #after: Int32Array
  /** By alias, the node that it refers to. */
  readonly #targets = new Map<OutlineNode, OutlineNode>()
  readonly #members = new Map<OutlineNode, ReadonlyMap<string, OutlinePair>>()

  private constructor({ text, events, original }: YamlEvents) {
    this.#text = text
    this.#events = events
    this.#original = original
    this.#after = new Int32Array(events.length)
    const open: OutlineNode[] = []
    const anchors = new Map<string, OutlineNode>()
    for (const [at, event] of events.entries()) {
      this.#after[at] = at + 1
      if (event.type === EVENT_ID.POP) {
        const begun = open.pop()
        if (begun !== undefined) this.#after[begun] = at + 1
        continue
      }
      if (event.type === EVENT_ID.DOCUMENT) {
        open.push(at)
        continue
      }
      const anchor = event.anchorStart < 0 ? null : text.slice(event.anchorStart, event.anchorEnd)
      if (event.type === EVENT_ID.ALIAS) {
        const target = anchor === null ? undefined : anchors.get(anchor)
        if (target !== undefined) this.#targets.set(at, target)
        continue
      }
      if (anchor !== null) anchors.set(anchor, at)
      if (event.type !== EVENT_ID.SCALAR) open.push(at)
    }
  }

  /** `null`: the text cannot be parsed. */
  static of(text: string): Outline | null {
    try {
      return new Outline(yamlEvents(text, 10_000))
    } catch {
      return null
    }
  }

  get root(): OutlineNode | null {
    return this.#events.length > 1 ? 1 : null
  }

  /** A member of a map, else of the maps merged into it (`<<`). Follows aliases. The last of equal keys counts, as in `JSON.parse`. */
  member(node: OutlineNode, name: string): OutlinePair | null {
    const map = this.#resolved(node)
    if (this.#events[map]?.type !== EVENT_ID.MAPPING) return null
    const members = this.#membersOf(map)
    const own = members.get(name)
    if (own !== undefined) return own
    const merged = members.get('<<')
    if (merged === undefined) return null
    const source = this.#resolved(merged.value)
    const sources = this.#events[source]?.type === EVENT_ID.SEQUENCE ? this.#children(source) : [source]
    for (const one of sources) {
      const found = this.member(one, name)
      if (found !== null) return found
    }
    return null
  }

  item(node: OutlineNode, index: number): OutlineNode | null {
    const list = this.#resolved(node)
    return this.#events[list]?.type === EVENT_ID.SEQUENCE ? (this.#children(list)[index] ?? null) : null
  }

  /** `null`: the node is an omitted value. */
  range(node: OutlineNode): Range | null {
    const range = this.#range(node)
    return range === null ? null : { start: this.#original(range.start), end: this.#original(range.end) }
  }

  #range(node: OutlineNode): Range | null {
    const event = this.#events[node]
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return event.valueStart < 0 ? null : this.#scalarRange(event)
      case EVENT_ID.ALIAS:
        return { start: event.anchorStart - 1, end: event.anchorEnd }
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING: {
        const last = this.#lastEnd(node, event.start + 1)
        return { start: event.start, end: event.style === COLLECTION_STYLE.FLOW ? this.#closing(last) : last }
      }
      default:
        return null
    }
  }

  #resolved(node: OutlineNode): OutlineNode {
    return this.#targets.get(node) ?? node
  }

  #children(collection: OutlineNode): readonly OutlineNode[] {
    const children: OutlineNode[] = []
    const end = (this.#after[collection] ?? 0) - 1
    for (let at = collection + 1; at < end; at = this.#after[at] ?? end) children.push(at)
    return children
  }

  /** Cached: otherwise each of many diagnostics about a wide map would search it from its start. */
  #membersOf(map: OutlineNode): ReadonlyMap<string, OutlinePair> {
    const known = this.#members.get(map)
    if (known !== undefined) return known
    const members = new Map<string, OutlinePair>()
    const children = this.#children(map)
    for (let at = 0; at + 1 < children.length; at += 2) {
      const [key = 0, value = 0] = [children[at], children[at + 1]]
      const event = this.#events[this.#resolved(key)]
      if (event?.type === EVENT_ID.SCALAR) members.set(textOf(this.#text, event), { key, value })
    }
    this.#members.set(map, members)
    return members
  }

  #scalarRange({ style, valueStart, valueEnd }: ScalarEvent): Range {
    if (style === SCALAR_STYLE.PLAIN) return { start: valueStart, end: valueEnd }
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) {
      return { start: valueStart - 1, end: valueEnd + 1 }
    }
    // A block scalar begins with its indicator (`|` or `>`), at the end of the line before its text.
    const line = this.#text.slice(0, valueStart).trimEnd()
    const from = line.lastIndexOf('\n') + 1
    const indicator = /[|>][0-9+-]*[ \t]*(?:#.*)?$/.exec(line.slice(from))
    return { start: indicator === null ? valueStart : from + indicator.index, end: valueEnd }
  }

  /** The end of a collection's last child that is not an omitted value. */
  #lastEnd(collection: OutlineNode, otherwise: number): number {
    const children = this.#children(collection)
    for (let at = children.length - 1; at >= 0; at--) {
      const range = this.#range(children[at] ?? 0)
      if (range !== null) return range.end
    }
    return otherwise
  }

  /** The offset after the bracket that closes a collection whose last child ends at `from`. */
  #closing(from: number): number {
    const rest = /(?:[^\]}#]|#[^\n]*)*[\]}]/y
    rest.lastIndex = from
    return rest.test(this.#text) ? rest.lastIndex : from
  }
}

function textOf(text: string, event: ScalarEvent): string {
  return event.valueStart < 0 ? '' : getScalarValue(text, event)
}
