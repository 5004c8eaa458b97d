/** Messages between the processes that `index.ts` starts, and what they agree on. */

// A process that imports this ends with the one that started it, and not before.
process.once('disconnect', () => process.exit())

/** The first message of a process. */
export interface Ready {
  readonly port: number
}

/** What the clients of the streams have received. */
export interface Received {
  readonly events: number
  /** Events that are missing or came out of order, and streams without their last event. */
  readonly lost: number
}

/** Percentiles of the time from when a request was due to the end of its answer, ms. */
export interface Times {
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** Requests without an answer of status 200; their times are not counted. */
  readonly failed: number
}

/** For the gateway, and for the service without a gateway. */
export interface Pinged {
  readonly gateway: Times
  readonly service: Times
}

/** The `at`th event of a stream, 200 bytes. */
export function event(at: number): string {
  const start = `id: ${at}\ndata: `
  return `${start}${'x'.repeat(198 - start.length)}\n\n`
}

/** The last event of a stream, after `count` others. */
export function lastEvent(count: number): string {
  return `event: end\ndata: ${count}\n\n`
}

/** Sends a message to the process that started this one. */
export function report(message: Ready | Received | Pinged): void {
  process.send?.(message)
}
