import type { Colors } from 'picocolors/types.js'

/** The environment of a command: streams, colours, variables, signals. Only the command line creates one. */
export interface Terminal {
  /** Results, for machines and pipes. One or several lines; the last newline is added. */
  out(text: string): void
  /** Messages and findings. One or several lines; the last newline is added. */
  err(text: string): void
  /** Shows the current activity in one line, which the next output replaces. Does nothing unless `interactive`. */
  progress(text: string | null): void
  /** Colours for `err`; plain if colours are off. */
  readonly paint: Colors
  /** Colours for `out`. */
  readonly paintOut: Colors
  /** Whether output goes to a terminal, and not to the log of a build server. */
  readonly interactive: boolean
  /** Streams for questions to the user; `null` without an interactive terminal. */
  readonly dialogue: Dialogue | null
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The Node.js executable. */
  readonly node: string
  /** Calls back on SIGINT, SIGTERM or SIGHUP, such as when the window of the terminal is closed. */
  onInterrupt(callback: () => void): void
  /** Calls back when the process ends by itself, also by an exception. The callback cannot wait for anything. */
  onExit(callback: () => void): void
}

export interface Dialogue {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/** 0: success. 1: problems, or files out of date. 2: wrong usage. */
export type ExitCode = 0 | 1 | 2
