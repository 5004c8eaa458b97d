import { escapeSegment } from '../../templates/runtime/words/pointers.ts'

/** Where a node of an input document is: the displayed name of the file, and an RFC 6901 pointer. `Locator` finds the line. */
export interface Origin {
  /** Relative to the manifest's folder, with forward slashes. */
  readonly file: string
  readonly pointer: string
  /** Whether the origin is the member's key instead of its value. */
  readonly key?: boolean
  /** The exact place, for a file that could not be parsed into nodes; `pointer` is then empty. */
  readonly at?: { readonly line: number; readonly column: number; readonly length: number }
}

/** Line and column of an origin in its file, both from 1. `length`: in characters, on that line. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly length: number
}

/** Finds the place of an origin, or of its nearest known ancestor; `null` if the file was not read. */
export interface Locator {
  locate(origin: Origin): Place | null
  /** Lines of a file for a code frame, or `null`. */
  lines(file: string): readonly string[] | null
}

/** The origin of a descendant of `origin`. Segments are raw; this function escapes them. */
export function below(origin: Origin, ...segments: readonly (string | number)[]): Origin {
  let { pointer } = origin
  for (const segment of segments) pointer += `/${typeof segment === 'number' ? segment : escapeSegment(segment)}`
  return { file: origin.file, pointer }
}

/** The origin of the node's key. */
export function keyOf(origin: Origin): Origin {
  return { ...origin, key: true }
}
