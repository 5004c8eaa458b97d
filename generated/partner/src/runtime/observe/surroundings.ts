import { createLogObserver } from './logObserver.ts'
import type { Observer } from './observer.ts'

/** Clocks and observer, all optional. */
export interface SurroundingsOptions {
  /** Milliseconds since the epoch, for points in time set elsewhere (`exp`, expiry of keys). */
  readonly clock?: () => number
  /** Milliseconds of a monotonic clock, for ages and pauses (rule F21). */
  readonly monotonic?: () => number
  /** It never receives a secret, a token or text that a client sent. */
  readonly observer?: Observer
}

/** `SurroundingsOptions` with all members present. */
export type Surroundings = Required<SurroundingsOptions>

const nothing = (): void => undefined
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing, fatal: nothing }

/** Fills in the defaults of omitted members. */
export function surroundingsOf(options: SurroundingsOptions): Surroundings {
  return {
    clock: options.clock ?? Date.now,
    monotonic: options.monotonic ?? (() => performance.now()),
    observer: options.observer ?? createLogObserver(silent, nothing, ''),
  }
}
