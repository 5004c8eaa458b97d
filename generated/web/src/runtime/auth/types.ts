import type { Exchange, Outcome } from '../exchange/exchange.ts'

/** What this part needs of a logger (pino's signature). It is never given a secret, a token or text that a client sent. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** What identity needs besides manifest and environment; each may be left out. */
export interface IdentityOptions {
  /** Milliseconds since the epoch, for times that others wrote (`exp`, expiry of keys). */
  readonly clock?: () => number
  /** Milliseconds of a clock that never steps, for ages and pauses (rule F21). */
  readonly monotonic?: () => number
  readonly logger?: Log
}

/** The same with nothing left out. */
export type Surroundings = Required<IdentityOptions>

const silent = (): void => undefined

/** Fills in what was left out. */
export function surroundingsOf(options: IdentityOptions): Surroundings {
  return {
    clock: options.clock ?? Date.now,
    monotonic: options.monotonic ?? (() => performance.now()),
    logger: options.logger ?? { debug: silent, info: silent, warn: silent },
  }
}

/** One header in which a client type's credentials may come. */
export interface CredentialSource {
  /** Lower case. */
  readonly header: string
  /** Turns the header's value into `exchange.principal`, or says why not. */
  check(value: string, exchange: Exchange): Outcome | Promise<Outcome>
  /** Whether it has what it needs to check a credential. */
  ready(): boolean
  close(): void
}
