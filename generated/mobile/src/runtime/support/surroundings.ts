/** The logger that parts of a gateway use (pino's signature). It never receives a secret, a token or text that a client sent. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** Clocks and log, all optional. */
export interface SurroundingsOptions {
  /** Milliseconds since the epoch, for points in time set elsewhere (`exp`, expiry of keys). */
  readonly clock?: () => number
  /** Milliseconds of a monotonic clock, for ages and pauses (rule F21). */
  readonly monotonic?: () => number
  readonly logger?: Log
}

/** `SurroundingsOptions` with all members present. */
export type Surroundings = Required<SurroundingsOptions>

const silent = (): void => undefined

/** Fills in the defaults of omitted members. */
export function surroundingsOf(options: SurroundingsOptions): Surroundings {
  return {
    clock: options.clock ?? Date.now,
    monotonic: options.monotonic ?? (() => performance.now()),
    logger: options.logger ?? { debug: silent, info: silent, warn: silent },
  }
}
