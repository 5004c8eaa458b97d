import type { Limits } from './limits.ts'

export interface ReadOptions {
  /** Overrides of single limits. */
  readonly limits?: Partial<Limits>
  /** Text of the manifest, used instead of its file, which need not exist. */
  readonly text?: string
}
