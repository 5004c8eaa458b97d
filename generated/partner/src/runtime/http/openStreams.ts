import { callerKey } from '../access/callerKey.ts'
import type { Exchange } from '../exchange/exchange.ts'

/**
 * The requests to one route whose answers may be passed on as they arrive, by caller, from `reserve` to their end. A caller who holds many
 * of them open must not use up those of all others (rule F29).
 */
export class OpenStreams {
  readonly #most: number
  readonly #byCaller = new Map<string, number>()

  /** `most`: for each caller. */
  constructor(most: number) {
    this.#most = most
  }

  /** Counts a request. False: its caller has too many. */
  claim(exchange: Exchange): boolean {
    const caller = callerKey(exchange)
    const open = this.#byCaller.get(caller) ?? 0
    if (open >= this.#most) return false
    this.#byCaller.set(caller, open + 1)
    exchange.streams = this
    return true
  }

  /** Ends the count of a request. */
  release(exchange: Exchange): void {
    const caller = callerKey(exchange)
    const left = (this.#byCaller.get(caller) ?? 0) - 1
    if (left > 0) this.#byCaller.set(caller, left)
    else this.#byCaller.delete(caller)
    exchange.streams = null
  }
}
