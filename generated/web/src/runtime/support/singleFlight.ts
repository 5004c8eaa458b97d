import { createBackoff } from './backoff.ts'

/** A task that runs once at a time, however many wait for it. */
export interface SingleFlight<T> {
  isRunning(): boolean
  /** Starts the task, or joins the run that is under way. */
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

/** A task that fetches something, once at a time and with pauses after failures (`backoff.ts`). */
export interface Renewal extends SingleFlight<void> {
  /** Whether a run may start: none is under way, and no pause is left. */
  isDue(): boolean
  /** Whether no pause is left. */
  isRested(): boolean
  /** Failures in a row. */
  failures(): number
  /** Seconds until the next run may start, 1 at least: for `Retry-After`. */
  retryAfter(): number
}

/**
 * Makes the renewal of something. `attempt` says whether it succeeded; it must not reject, since a run in the background has nobody to
 * catch it. `failed` is told the failures in a row after each failure.
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
