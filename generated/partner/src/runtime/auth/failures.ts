import { networkOf } from '../words/addresses.ts'

/**
 * Counts failed credentials per network and key id, to limit the guessing of keys (rule K3). It counts per key because many callers
 * can share an address (a proxy, a company): failures of one must not block the others. Whether a key with the id exists makes no
 * difference.
 */
export interface FailureLimiter {
  /**
   * Milliseconds until the next attempt of a network with this key id is checked; until then its credentials are refused without a
   * check. 0: now.
   */
  wait(address: string, id: string): number
  /** Counts a failure. `true`: the network has to wait from now on. */
  failed(address: string, id: string): boolean
}

/** Failures before the block; they are restored over a minute. */
const burst = 20
const refill = 60_000 / burst
const maxEntries = 10_000
/** The entries that eviction chooses from: a flood of other ids must not remove a count that is high. */
const candidates = 8

/** Stores a bucket as the time at which it is full again (generic cell rate algorithm): one number per network and key id. */
export function createFailureLimiter(monotonic: () => number): FailureLimiter {
  const fullAt = new Map<string, number>()
  const remaining = (full: number, now: number): number => Math.max(0, full - now - (burst - 1) * refill)
  return {
    wait(address, id) {
      // The usual case, without parsing the address.
      if (fullAt.size === 0) return 0
      const full = fullAt.get(entryOf(address, id))
      return full === undefined ? 0 : remaining(full, monotonic())
    },
    failed(address, id) {
      const entry = entryOf(address, id)
      const now = monotonic()
      const full = Math.max(now, fullAt.get(entry) ?? now) + refill
      // Deleted first, so that entries are in the order of their last failure.
      fullAt.delete(entry)
      if (fullAt.size >= maxEntries) evict(fullAt)
      fullAt.set(entry, full)
      return remaining(full, now) > 0
    },
  }
}

/** Removes the lowest count of the oldest entries. */
function evict(fullAt: Map<string, number>): void {
  let lowest = ''
  let least = Number.POSITIVE_INFINITY
  let seen = 0
  for (const [entry, full] of fullAt) {
    if (full < least) {
      lowest = entry
      least = full
    }
    seen += 1
    if (seen === candidates) break
  }
  fullAt.delete(lowest)
}

const entryOf = (address: string, id: string): string => `${networkOf(address)} ${id}`
