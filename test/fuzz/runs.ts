import type { Parameters } from 'fast-check'

/**
 * How long to look. `FUZZ_RUNS` asks for so many inputs of each kind, however long they take; without it, and in continuous integration,
 * there are few, and they end in time. `FUZZ_SEED` repeats a run; a failure prints its seed and the path to the smallest input.
 */
const runs = Number(process.env['FUZZ_RUNS'] ?? 0)
const seed = process.env['FUZZ_SEED']

/** `round`: the first one makes a gateway know its contracts, the second shows whether it goes on growing. */
export function fuzz<T>(usual: number, milliseconds: number, round: 1 | 2): Parameters<T> {
  return {
    ...(runs > 0
      ? { numRuns: runs }
      : { numRuns: usual, interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false }),
    ...(seed === undefined ? {} : { seed: Number(seed) + round - 1 }),
  }
}

/** Bytes that a gateway may hold more after its second round: noise, however many requests there were, and hardly anything for each of them. */
export const mostGrowth = 2_000_000 + 200 * runs

/** Milliseconds that a test may take. */
export const patience = runs > 0 ? 24 * 3_600_000 : 60_000
