import type { Limits } from './limits.ts'

export interface ReadOptions {
  /** Overrides of single limits. */
  readonly limits?: Partial<Limits>
  /** The manifest itself, in place of its file, which need not exist. */
  readonly text?: string
}
