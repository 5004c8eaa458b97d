import type { Exchange, Outcome } from '../exchange/exchange.ts'

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
