import { type SegmentShape, segmentShape } from '../words/matchOrder.ts'
import { splitSegment } from '../words/pathTemplates.ts'

/** One segment of a path template, such as `orders`, `{id}`, `{id}.json`, `{from}-{to}` or `{id}:cancel`, ready to be matched. */
export interface Segment extends SegmentShape {
  readonly names: readonly string[]
  /**
   * Whether a segment of a path matches; its parameters' values, encoded as received and never empty, are appended to `raw`.
   * `bytes` is `decodeBytes(text)`. Nothing is appended where it does not match.
   */
  read(text: string, bytes: string, raw: string[]): boolean
}

/** The encoded text for a range of its bytes: every `%XX` is one byte. */
function sliceEncoded(text: string, from: number, to: number): string {
  let at = 0
  let start = -1
  for (let byte = 0; ; byte++) {
    if (byte === from) start = at
    if (byte === to) return text.slice(start, at)
    at += text.charCodeAt(at) === 0x25 ? 3 : 1
  }
}

/**
 * Compiles a segment of a template. Literals are compared as decoded bytes, so that `%3Acancel` is `:cancel`. Where a literal
 * between two parameters occurs more than once, the first occurrence counts: the parameters before it are as short as possible.
 */
export function compileSegment(template: string): Segment {
  const { names, literals: written } = splitSegment(template)
  const shape = segmentShape(written)
  const { literals } = shape
  const [first = ''] = literals
  const last = literals.at(-1) ?? ''
  const middle = literals.slice(1, -1)
  const plain = names.length === 1 && first === '' && last === ''

  return {
    ...shape,
    names,
    read: plain
      ? (text, _bytes, raw) => {
          raw.push(text)
          return true
        }
      : (text, bytes, raw) => {
          const end = bytes.length - last.length
          if (!bytes.startsWith(first) || !bytes.endsWith(last)) return false
          const bounds: number[] = []
          let at = first.length
          for (const literal of middle) {
            const found = bytes.indexOf(literal, at + 1)
            if (found < 0 || found + literal.length >= end) return false
            bounds.push(at, found)
            at = found + literal.length
          }
          if (at >= end) return false
          bounds.push(at, end)
          const encoded = bytes !== text
          for (let i = 0; i + 1 < bounds.length; i += 2) {
            const [start = 0, stop = 0] = [bounds[i], bounds[i + 1]]
            raw.push(encoded ? sliceEncoded(text, start, stop) : text.slice(start, stop))
          }
          return true
        },
  }
}

/** The shapes of the segments of a path template, which distinguish routes. */
export function pathShape(path: string): readonly SegmentShape[] {
  return path
    .slice(1)
    .split('/')
    .map((text) => segmentShape(splitSegment(text).literals))
}
