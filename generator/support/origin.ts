import { escapeSegment } from '../../templates/runtime/words/pointers.ts'

/** A node of an input document, before anybody needs its line: the file as shown to people, and an RFC 6901 pointer. */
export interface Origin {
  /** Relative to the manifest's folder, with forward slashes. */
  readonly file: string
  readonly pointer: string
  /** Whether the member's key is meant rather than its value. */
  readonly key?: boolean
  /** The exact place, where the file could not be parsed into nodes; `pointer` is then empty. */
  readonly at?: { readonly line: number; readonly column: number; readonly length: number }
}

/** Where an origin stands in its file. Lines and columns start at 1; `length` in characters, on that line. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
}

/** Finds the place of an origin, as near as it can be told; `null` when the file was never read. */
export interface Locator {
  locate(origin: Origin): Place | null
  /** Lines of a file for a code frame, or `null`. */
  lines(file: string): readonly string[] | null
}

/** `origin` one or more steps further down. Segments are raw; they are escaped here. */
export function below(origin: Origin, ...segments: readonly (string | number)[]): Origin {
  let { pointer } = origin
  for (const segment of segments) pointer += `/${typeof segment === 'number' ? segment : escapeSegment(segment)}`
  return { file: origin.file, pointer }
}

/** The same node, meaning its key. */
export function keyOf(origin: Origin): Origin {
  return { ...origin, key: true }
}
