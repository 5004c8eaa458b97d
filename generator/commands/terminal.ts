import type { Colors } from 'picocolors/types.js'

/** What a command may know of the world it runs in. Only the command line makes one. */
export interface Terminal {
  /** For machines, and for what was asked for. One or several lines; the last newline is added. */
  out(text: string): void
  /** Prose and findings. One or several lines; the last newline is added. */
  err(text: string): void
  /** Says what is being done now, in one line that the next one and anything said replaces; nothing unless `interactive`. */
  progress(text: string | null): void
  /** Colours for what goes to `err`; plain when they are not wanted. */
  readonly paint: Colors
  /** Colours for what goes to `out`. */
  readonly paintOut: Colors
  /** Whether somebody looks on while it works: a terminal, and not a build server. */
  readonly interactive: boolean
  /** Where a person can be asked; `null` when there is nobody to answer. */
  readonly dialogue: Dialogue | null
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The Node.js executable. */
  readonly node: string
  /** Calls back when the person asks to stop (SIGINT, SIGTERM). */
  onInterrupt(callback: () => void): void
}

export interface Dialogue {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/** 0 fine, 1 problems or out of date, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2
