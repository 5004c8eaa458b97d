import type { Parameters } from 'fast-check'

/**
 * The number of runs. `FUZZ_RUNS` sets the number of inputs of each kind, without a time limit. By default, and in
 * continuous integration, there are few inputs and a time limit. `FUZZ_SEED` repeats a run; a failure prints its seed
 * and the path to the smallest input.
 */
const runs = Number(process.env['FUZZ_RUNS'] ?? 0)
const seed = process.env['FUZZ_SEED']

/**
 * `round`: in the first round the gateway fills its caches, the second shows whether its memory keeps growing. `most`: a limit for
 * inputs that take long.
 */
export function fuzz<T>(
  usual: number,
  milliseconds: number,
  round: 1 | 2,
  most = Number.POSITIVE_INFINITY,
): Parameters<T> {
  return {
    ...(runs > 0
      ? { numRuns: Math.min(runs, most) }
      : { numRuns: usual, interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false }),
    ...(seed === undefined ? {} : { seed: Number(seed) + round - 1 }),
  }
}

/**
 * Bytes by which a gateway's memory may grow in its second round: a constant for noise, and 200 bytes for each request.
 */
export const mostGrowth = 2_000_000 + 200 * runs

/** Timeout of a test, in milliseconds. */
export const patience = runs > 0 ? 24 * 3_600_000 : 60_000
