import { networkOf } from '../words/addresses.ts'

/**
 * Counts failed credentials per network and key id, to limit the guessing of keys. It counts per key because many callers can
 * share an address (a proxy, a company): failures of one must not block the others.
 */
export interface FailureLimiter {
  /** Whether a network has failed too often with this key id; its credentials are then refused without a check. */
  isBlocked(address: string, id: string): boolean
  /** Counts a failure. `true`: the network is blocked from now on. */
  failed(address: string, id: string): boolean
}

/** Failures before the block; they are restored over a minute. */
const burst = 20
const refill = 60_000 / burst
const maxEntries = 10_000

/** Stores a bucket as the time at which it is full again (generic cell rate algorithm): one number per network and key id. */
export function createFailureLimiter(monotonic: () => number): FailureLimiter {
  const fullAt = new Map<string, number>()
  return {
    isBlocked(address, id) {
      // The usual case, without parsing the address.
      if (fullAt.size === 0) return false
      const full = fullAt.get(entryOf(address, id))
      return full !== undefined && full - monotonic() > (burst - 1) * refill
    },
    failed(address, id) {
      const entry = entryOf(address, id)
      const now = monotonic()
      const full = Math.max(now, fullAt.get(entry) ?? now) + refill
      // Deleted first, so that entries are in the order of their last failure and the oldest is evicted.
      fullAt.delete(entry)
      fullAt.set(entry, full)
      if (fullAt.size > maxEntries) {
        for (const oldest of fullAt.keys()) {
          fullAt.delete(oldest)
          break
        }
      }
      return full - now > (burst - 1) * refill
    },
  }
}

const entryOf = (address: string, id: string): string => `${networkOf(address)} ${id}`
