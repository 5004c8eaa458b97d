import type { Parameters } from 'fast-check'

/**
 * How long to look. `FUZZ_RUNS` asks for so many inputs of each kind, however long they take; without it, and in continuous integration,
 * there are few, and they end in time. `FUZZ_SEED` repeats a run; a failure prints its seed and the path to the smallest input.
 */
const runs = Number(process.env['FUZZ_RUNS'] ?? 0)
const seed = process.env['FUZZ_SEED']

export function fuzz<T>(usual: number, milliseconds: number): Parameters<T> {
  return {
    ...(runs > 0
      ? { numRuns: runs }
      : { numRuns: usual, interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false }),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  }
}

/** Milliseconds that a test may take. */
export const patience = runs > 0 ? 24 * 3_600_000 : 60_000
