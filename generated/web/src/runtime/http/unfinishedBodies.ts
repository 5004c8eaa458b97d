import { callerKey } from '../access/callerKey.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { isUnfinished } from './unreadBody.ts'

/**
 * The requests of each caller whose bodies have not arrived completely: each holds memory for as long as its client likes. A caller is
 * a principal, or the network of an anonymous client (rule H2).
 */
export class UnfinishedBodies {
  readonly #most: number
  readonly #byCaller = new Map<string, Exchange[]>()

  /** `most`: for each caller. */
  constructor(most: number) {
    this.#most = most
  }

  /** Number of callers with a counted request. */
  get callers(): number {
    return this.#byCaller.size
  }

  /** Counts a request. False: its caller has too many. */
  claim(exchange: Exchange): boolean {
    const caller = callerKey(exchange)
    const counted = this.#byCaller.get(caller)
    if (counted === undefined) {
      this.#byCaller.set(caller, [exchange])
    } else {
      // A body that has arrived since is found only here, so that it costs a request nothing.
      if (counted.length >= this.#most) removeArrived(counted)
      if (counted.length >= this.#most) return false
      counted.push(exchange)
    }
    exchange.counted = caller
    return true
  }

  /** Ends the count of a request. */
  release(exchange: Exchange): void {
    const caller = exchange.counted
    const counted = caller === null ? undefined : this.#byCaller.get(caller)
    if (caller === null || counted === undefined) return
    exchange.counted = null
    const at = counted.indexOf(exchange)
    if (at >= 0) counted.splice(at, 1)
    if (counted.length === 0) this.#byCaller.delete(caller)
  }
}

function removeArrived(counted: Exchange[]): void {
  const left = counted.filter(({ req }) => isUnfinished(req))
  counted.splice(0, counted.length, ...left)
}
