/** What parts of a gateway need of a logger (pino's signature). It is never given a secret, a token or text that a client sent. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** Clocks and log; each may be left out. */
export interface SurroundingsOptions {
  /** Milliseconds since the epoch, for times that others wrote (`exp`, expiry of keys). */
  readonly clock?: () => number
  /** Milliseconds of a clock that never steps, for ages and pauses (rule F21). */
  readonly monotonic?: () => number
  readonly logger?: Log
}

/** The same with nothing left out. */
export type Surroundings = Required<SurroundingsOptions>

const silent = (): void => undefined

/** Fills in what was left out. */
export function surroundingsOf(options: SurroundingsOptions): Surroundings {
  return {
    clock: options.clock ?? Date.now,
    monotonic: options.monotonic ?? (() => performance.now()),
    logger: options.logger ?? { debug: silent, info: silent, warn: silent },
  }
}
