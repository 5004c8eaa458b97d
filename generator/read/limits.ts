/** Limits of inputs (rule G3). An input beyond a limit is refused, never truncated. */
export interface Limits {
  /** Bytes of the manifest. */
  readonly manifestBytes: number
  /** Bytes of one file of a spec or overlay. */
  readonly specBytes: number
  /** Bytes of all files that one service's spec consists of. */
  readonly serviceBytes: number
  /** YAML aliases in one file. */
  readonly aliases: number
  /** Objects, lists and values of one file, aliases expanded. */
  readonly nodes: number
  /** Levels of nesting. */
  readonly depth: number
}

export const defaultLimits: Limits = {
  manifestBytes: 1_000_000,
  specBytes: 20_000_000,
  serviceBytes: 60_000_000,
  aliases: 1_000,
  nodes: 3_000_000,
  depth: 100,
}
