/** The pause after failed attempts: 1 s, doubled by each failure in a row, at most 30 s. */
export interface Backoff {
  /** Failures in a row. */
  failures(): number
  /** Milliseconds until the next attempt is due; 0: now. */
  remaining(): number
  failed(): void
  succeeded(): void
}

const first = 1_000
const longest = 30_000

export function createBackoff(monotonic: () => number): Backoff {
  let failures = 0
  let until = Number.NEGATIVE_INFINITY
  return {
    failures: () => failures,
    remaining: () => Math.max(0, until - monotonic()),
    failed() {
      until = monotonic() + Math.min(longest, first * 2 ** failures)
      failures += 1
    },
    succeeded() {
      failures = 0
      until = Number.NEGATIVE_INFINITY
    },
  }
}
