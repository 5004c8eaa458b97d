import { networkOf } from '../words/addresses.ts'
import type { Principal } from './principal.ts'

/** A caller as far as requests are counted by caller. */
export interface Counted {
  /** `null`: anonymous. */
  readonly principal: Pick<Principal, 'issuer' | 'subject'> | null
  readonly address: string
}

/** Names a caller in counts by caller: a principal, or the network of an anonymous client (rule H2). */
export function callerKey({ principal, address }: Counted): string {
  return principal === null ? networkOf(address) : `${principal.issuer} ${principal.subject}`
}
