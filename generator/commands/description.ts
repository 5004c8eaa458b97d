import type { Command } from 'commander'
import type { ExitCode } from './terminal.ts'

/** Adds a command with its examples. */
export type Describe = (name: string, description: string, examples: readonly string[]) => Command

/** Parses an option that may be repeated. */
export type Collect = (value: string, previous: readonly string[] | undefined) => readonly string[]

/** Runs a command; its result is the exit code of the process. */
export type Start = (run: () => Promise<ExitCode>) => Promise<void>
