import { networkOf } from '../words/addresses.ts'

/**
 * Counts the failed credentials of each network for each key, so that guessing at a key ends soon. It is per key because many
 * callers can share an address (a proxy, a company): nobody's failures may lock out the others.
 */
export interface FailureLimiter {
  /** Whether a network has failed so often with this key's id that its next credential is not even looked at. */
  isBlocked(address: string, id: string): boolean
  /** `true`: this failure was the one that blocks. */
  failed(address: string, id: string): boolean
}

/** Failures that are free; they come back over a minute. */
const burst = 20
const refill = 60_000 / burst
const maxEntries = 10_000

/** A bucket as the time at which it will be full again (the generic cell rate algorithm): one number for each network. */
export function createFailureLimiter(monotonic: () => number): FailureLimiter {
  const fullAt = new Map<string, number>()
  return {
    isBlocked(address, id) {
      // The usual case, without a look at the address.
      if (fullAt.size === 0) return false
      const full = fullAt.get(entryOf(address, id))
      return full !== undefined && full - monotonic() > (burst - 1) * refill
    },
    failed(address, id) {
      const entry = entryOf(address, id)
      const now = monotonic()
      const full = Math.max(now, fullAt.get(entry) ?? now) + refill
      // Deleted first so that entries stay in the order of their last failure, and the oldest goes.
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
