import type { Exchange, Outcome } from '../exchange/exchange.ts'

/** One header that may carry credentials of a client type. */
export interface CredentialSource {
  /** Lower case. */
  readonly header: string
  /** Sets `exchange.principal` from the header's value, or returns a problem. */
  check(value: string, exchange: Exchange): Outcome | Promise<Outcome>
  /** Whether credentials can be checked; starts an attempt to obtain keys if one is due. */
  ready(): boolean
  close(): void
}
