import { createBackoff } from './backoff.ts'

/** A task with at most one active run, which all callers share. */
export interface SingleFlight<T> {
  isRunning(): boolean
  /** Starts the task, or joins the active run. */
  run(): Promise<T>
}

export function createSingleFlight<T>(task: () => Promise<T>): SingleFlight<T> {
  let running: Promise<T> | null = null
  return {
    isRunning: () => running !== null,
    run() {
      running ??= task().finally(() => {
        running = null
      })
      return running
    },
  }
}

/** A task that fetches something, with at most one active run and pauses after failures (`backoff.ts`). */
export interface Renewal extends SingleFlight<void> {
  /** Whether a run may start: none is active, and no pause remains. */
  isDue(): boolean
  /** Whether no pause remains. */
  isRested(): boolean
  /** Failures in a row. */
  failures(): number
  /** Seconds until the next run may start, 1 at least: for `Retry-After`. */
  retryAfter(): number
}

/**
 * Makes a renewal. `attempt` resolves to whether it succeeded. It must not reject: nothing catches the rejection of a background
 * run. `failed` is called after each failure with the number of failures in a row.
 */
export function createRenewal(
  monotonic: () => number,
  attempt: () => Promise<boolean>,
  failed: (failures: number) => void,
): Renewal {
  const backoff = createBackoff(monotonic)
  const flight = createSingleFlight(async () => {
    if (await attempt()) {
      backoff.succeeded()
      return
    }
    backoff.failed()
    failed(backoff.failures())
  })
  const isRested = (): boolean => backoff.remaining() === 0
  return {
    ...flight,
    isRested,
    isDue: () => !flight.isRunning() && isRested(),
    failures: backoff.failures,
    retryAfter: () => Math.max(1, Math.ceil(backoff.remaining() / 1_000)),
  }
}
