import { escapeSegment } from '../../templates/runtime/words/pointers.ts'
import { type Diagnostics, pointerSegments } from '../support/index.ts'
import { parseExact } from './integers.ts'
import { defaultLimits } from './limits.ts'
import { Outline, type Range } from './outline.ts'
import { parseDocument } from './parse.ts'
import { decoded, isUrl } from './references.ts'
import type { Origins } from './tree.ts'
import type { JsonValue } from './types.ts'

/** A reference of a document to another file. */
export interface Link {
  /** Place of the text in its file (RFC 6901). */
  readonly pointer: string
  /** As written: `schemas/order.yaml#/Order`, `https://specs.example/common.json`. */
  readonly reference: string
}

export interface LinkedText {
  readonly value: JsonValue
  readonly isJson: boolean
  readonly links: readonly Link[]
  /** The `$id`s of its schemas, as written. A reference to one of them may lead to a schema instead of to a file. */
  readonly ids: readonly string[]
}

/**
 * Parses a text that is a document, or a part of one, and finds its references to other files: `$ref`, and file names in the `mapping` of
 * a discriminator. `null`: the text is not valid, which is reported; `shown` is the name of the file in reports.
 */
export function linksIn(text: string, shown: string, diagnostics: Diagnostics): LinkedText | null {
  const isJson = isJsonText(text)
  const origins: Origins = new WeakMap()
  const path = isJson ? 'document.json' : 'document.yaml'
  const tree = parseDocument({ path, shown, text }, defaultLimits, origins, diagnostics)
  if (tree === null) return null
  const pointerOf = (node: object): string => origins.get(node)?.pointer ?? ''
  const links = [
    ...tree.references.map((node) => ({ pointer: `${pointerOf(node)}/$ref`, reference: node.$ref })),
    ...tree.mappings.flatMap((mapping) =>
      Object.entries(mapping).flatMap(([name, reference]) =>
        typeof reference === 'string' && /\.(?:ya?ml|json)(?:#|$)/i.test(reference)
          ? [{ pointer: `${pointerOf(mapping)}/${escapeSegment(name)}`, reference }]
          : [],
      ),
    ),
  ].filter(({ reference }) => addressOf(reference) !== '')
  const ids = tree.named.flatMap((node) => {
    const id: unknown = Reflect.get(node, '$id')
    return typeof id === 'string' ? [id] : []
  })
  return { value: tree.value, isJson, links, ids }
}

/** The text with other references at some of its places, by pointer. Everything else stays as it is written. */
export function withLinks(text: string, references: ReadonlyMap<string, string>): string {
  if (references.size === 0) return text
  const outline = Outline.of(text)
  const found = [...references].flatMap(([pointer, reference]) => {
    const range = outline === null ? null : rangeAt(text, outline, pointer)
    return range === null ? [] : [{ range, reference }]
  })
  // Aliases have the range of their anchor, and two pointers may lead there.
  const byStart = new Map(found.map((one) => [one.range.start, one]))
  return [...byStart.values()]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((changed, { range, reference }) => {
      return changed.slice(0, range.start) + JSON.stringify(reference) + changed.slice(range.end)
    }, text)
}

/** The part of a reference before its fragment. */
export function addressOf(reference: string): string {
  return reference.split('#')[0] ?? ''
}

/** A file name of a reference, percent-decoded, as reading takes it; `null`: the reference is a URL. */
export function fileNameOf(reference: string): string | null {
  return isUrl(reference) ? null : decoded(addressOf(reference))
}

function isJsonText(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false
  try {
    parseExact(text)
    return true
  } catch {
    return false
  }
}

function rangeAt(text: string, outline: Outline, pointer: string): Range | null {
  let node = outline.root
  for (const segment of pointerSegments(pointer)) {
    if (node === null) return null
    node = outline.member(node, segment)?.value ?? outline.item(node, Number(segment))
  }
  const range = node === null ? null : outline.range(node)
  if (range === null) return null
  // A block scalar ends after its line break.
  return { start: range.start, end: range.start + text.slice(range.start, range.end).trimEnd().length }
}
