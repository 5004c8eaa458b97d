import { type Problem, problem } from '../words/problems.ts'

/** A request, as far as bytes are held in memory for it. */
export interface Holder {
  /** Bytes held for it; negative: it has ended. Set only by `HeldBytes`. */
  held: number
  /** Where they are counted by caller; `null`: they are too few. Set only by `HeldBytes`. */
  account: Account | null
  /** Names its caller (rule H2). */
  readonly callerKey: string
}

/** What is held for the requests of one caller. */
export interface Account {
  readonly caller: string
  bytes: number
  requests: number
}

/** Bytes up to which a request is not counted by caller: naming the caller would take longer than the rest of the count. */
const small = 4_096
const over = -1

/** The answer to a request for which there is no room in memory. */
export const noRoom: Problem = problem('unavailable', { headers: { 'retry-after': '1' }, reason: 'no-room' })

/**
 * The bytes that a process holds for bodies of requests and answers that are not passed on as they arrive, from before they arrive
 * until they are written (rule F27). All of them are at most `most`, and those of one caller at most as many as are left free: one
 * caller gets half, two get a third each, and a further caller gets half of what is left. A request of at most `small` bytes is refused
 * only when all is held.
 */
export class HeldBytes {
  readonly #most: number
  readonly #accounts = new Map<string, Account>()
  #total = 0

  constructor(most: number) {
    this.#most = most
  }

  get total(): number {
    return this.#total
  }

  /** Number of callers with a request that holds more than `small` bytes. */
  get callers(): number {
    return this.#accounts.size
  }

  /** Whether a request may hold so many bytes more. */
  fits(holder: Holder, bytes: number): boolean {
    const { held } = holder
    if (held < 0) return false
    const free = this.#most - this.#total - bytes
    if (held + bytes <= small) return free >= 0
    const account = holder.account ?? this.#accounts.get(holder.callerKey)
    const others = account === undefined ? 0 : account.bytes - (holder.account === null ? 0 : held)
    return others + held + bytes <= free
  }

  /** Counts bytes that a request is going to hold. False: there is no room for them, and nothing is counted. */
  claim(holder: Holder, bytes: number): boolean {
    if (!this.fits(holder, bytes)) return false
    this.#set(holder, holder.held + bytes)
    return true
  }

  /** Sets what a request holds, whatever it has claimed before. */
  keep(holder: Holder, bytes: number): void {
    if (holder.held >= 0 && holder.held !== bytes) this.#set(holder, bytes)
  }

  /** Gives bytes back. */
  release(holder: Holder, bytes: number): void {
    if (holder.held > 0) this.#set(holder, Math.max(holder.held - bytes, 0))
  }

  /** Gives everything back. The request claims nothing after that. */
  end(holder: Holder): void {
    if (holder.held > 0) this.#set(holder, 0)
    holder.held = over
  }

  #set(holder: Holder, bytes: number): void {
    const before = holder.held
    holder.held = bytes
    this.#total += bytes - before
    if (bytes > small || holder.account !== null) this.#count(holder, bytes, before)
  }

  #count(holder: Holder, bytes: number, before: number): void {
    let { account } = holder
    if (account !== null) {
      account.bytes -= before
    } else {
      const caller = holder.callerKey
      account = this.#accounts.get(caller) ?? { caller, bytes: 0, requests: 0 }
      if (account.requests++ === 0) this.#accounts.set(caller, account)
      holder.account = account
    }
    if (bytes > small) {
      account.bytes += bytes
      return
    }
    holder.account = null
    if (--account.requests === 0) this.#accounts.delete(account.caller)
  }
}
