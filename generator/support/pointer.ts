import { decodePercent } from '../../templates/runtime/words/percent.ts'
import { unescapeSegment } from '../../templates/runtime/words/pointers.ts'

/** Segments of an RFC 6901 pointer, unescaped. */
export function pointerSegments(pointer: string): readonly string[] {
  if (pointer === '') return []
  return pointer.slice(1).split('/').map(unescapeSegment)
}

/** Segments of a `#/...` reference (RFC 3986 fragment, so percent-decoded first), or `null` when it is not one. */
export function referenceSegments(reference: string): readonly string[] | null {
  if (!reference.startsWith('#/')) return null
  const raw = reference.slice(1)
  return pointerSegments(decodePercent(raw) ?? raw)
}

/** The value that a `#/...` reference points to within `root`; `undefined` if there is none. Own members only. */
export function pointedAt(root: unknown, reference: string): unknown {
  const segments = referenceSegments(reference)
  if (segments === null) return undefined
  let node: unknown = root
  for (const segment of segments) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, segment)) return undefined
    if (Array.isArray(node) && segment === 'length') return undefined
    node = Reflect.get(node, segment)
  }
  return node
}
