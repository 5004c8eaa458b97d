import type { UploadLimits } from '../support/uploadClock.ts'
import type { TransferLimits } from '../upstream/transport.ts'
import type { HeadLimits, Route } from '../vocabulary.ts'
import { longestTimer } from '../words/timers.ts'

/** Milliseconds that an answer may be silent: at least, and for streams that are not complete as a whole only. */
const silence = { least: 15_000, stream: 300_000 } as const

const timer = (time: number): number => Math.min(time, longestTimer)

/** Milliseconds until a service has answered. */
export function callTimeout({ timeout }: Route): number {
  return timer(timeout)
}

/** `requestTimeout`: the time that every client has for its request. A longer timeout of the route gives it that. */
export function uploadLimits({ timeout, uploadIdle }: Route, requestTimeout: number): UploadLimits {
  return { idle: timer(uploadIdle), total: timer(Math.max(timeout, requestTimeout)) }
}

export function transferLimits({ timeout, streamIdle, streamLifetime }: Route): TransferLimits {
  return {
    idle: timer(streamIdle ?? Math.max(timeout, silence.least)),
    streamIdle: timer(streamIdle ?? silence.stream),
    lifetime: timer(streamLifetime),
  }
}

/** Milliseconds without a byte in either direction after which no route needs its connection. */
export function stillness(routes: readonly Route[]): number {
  const pauses = routes.map(({ timeout, uploadIdle, streamIdle }) => Math.max(timeout, uploadIdle, streamIdle ?? 0))
  return timer(pauses.reduce((most, pause) => Math.max(most, pause + 30_000), 60_000))
}

/** Milliseconds after which no request can still be arriving: the steps end it before. */
export function longestRequest(routes: readonly Route[], requestTimeout: number): number {
  const totals = routes.map((route) => uploadLimits(route, requestTimeout).total)
  return timer(totals.reduce((most, total) => Math.max(most, total + 2_000), requestTimeout))
}

/** Bytes of a head that the parser accepts. `admit` refuses the longer ones by its own limits, with a problem that says which. */
export function longestHead({ target, fields }: HeadLimits): number {
  return target + fields + 1_024
}
