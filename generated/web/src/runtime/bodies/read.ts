import type { IncomingMessage } from 'node:http'
import type { Cut } from '../observe/cut.ts'
import { Gathering } from '../support/gathering.ts'
import { type HeldBytes, type Holder, noRoom } from '../support/heldBytes.ts'
import { UploadClock, type UploadLimits } from '../support/uploadClock.ts'
import { type Problem, problem } from '../words/problems.ts'

const tooLarge = problem('content-too-large', { close: true })
const late = problem('request-timeout', { close: true })
const broken = problem('malformed-request', { close: true, reason: 'body-incomplete' })

/** The source of a client's body. */
export interface BodySource extends Holder {
  readonly req: IncomingMessage
  /** `performance.now()` at the arrival of its request. */
  readonly started: number
  /** Aborted when the client disconnects. Created on first use. */
  readonly abort: AbortController
  /** Set if the body does not arrive in time. */
  cut: Cut | null
}

/**
 * Reads the client's body, at most `most` bytes. Always resolves; to a problem when it is too large, incomplete or too late, or when
 * there is no room for it (rule F27). A body that states its length is refused before any of it is read, another one as it grows.
 */
export function readBody(
  source: BodySource,
  most: number,
  limits: UploadLimits,
  held: HeldBytes,
): Promise<Buffer | Problem> {
  const { req } = source
  const length = req.headers['content-length']
  const stated = length === undefined ? null : Number(length)
  if (!held.claim(source, stated ?? 0)) return Promise.resolve(noRoom)
  // Node.js hands over a body that came in one piece with its head after the event of the request.
  return Promise.resolve().then(() => arrived(req, stated) ?? collected(source, stated, most, limits, held))
}

/** A body of a stated length that is in memory: reading it takes no listeners and no timer. `null`: it has not arrived. */
function arrived(req: IncomingMessage, stated: number | null): Buffer | null {
  if (req.readableLength !== stated) return null
  if (req.destroyed || req.readableFlowing !== null) return null
  const body = req.read()
  // The event `end`, after which Node.js releases the request, comes only to a stream that flows.
  req.resume()
  return body
}

/** Collects a body while it arrives. `stated` bytes of it are claimed. */
function collected(
  source: BodySource,
  stated: number | null,
  most: number,
  limits: UploadLimits,
  held: HeldBytes,
): Promise<Buffer | Problem> {
  const { req } = source
  let claimed = stated ?? 0
  const body = new Gathering(stated, most)
  return arriving<Buffer>(source, limits, (finish, clock) => ({
    event: 'data',
    listener: (chunk: Buffer) => {
      clock.progress(false)
      const room = body.room(chunk.length)
      const isTooLarge = body.size + chunk.length > most
      if (isTooLarge || (room > claimed && !held.claim(source, room - claimed))) {
        // No further bytes are read.
        req.pause()
        finish(isTooLarge ? tooLarge : noRoom)
        return
      }
      claimed = Math.max(room, claimed)
      body.add(chunk)
    },
    onEnd: () => finish(body.whole()),
    onLate: () => req.pause(),
  }))
}

/**
 * Whether a body has no bytes. Resolves as soon as the first has arrived, without consuming it; to a problem when the body is
 * incomplete or too late.
 */
export function isEmptyBody(source: BodySource, limits: UploadLimits): Promise<boolean | Problem> {
  const { req } = source
  return arriving<boolean>(source, limits, (finish) => ({
    event: 'readable',
    listener: () => {
      if (req.readableLength > 0) finish(false)
      // At the end of the body this leads to the event `end`.
      else req.read()
    },
    onEnd: () => finish(true),
  }))
}

/** What is done while a body arrives. */
interface Arrival {
  readonly event: 'data' | 'readable'
  readonly listener: (chunk: Buffer) => void
  readonly onEnd: () => void
  readonly onLate?: () => void
}

/** Listens to a client's body until `finish` is called, or until it is broken off or too late. */
function arriving<T>(
  source: BodySource,
  limits: UploadLimits,
  listen: (finish: (outcome: T | Problem) => void, clock: UploadClock) => Arrival,
): Promise<T | Problem> {
  const { req } = source
  const { signal } = source.abort
  if (signal.aborted) return Promise.resolve(late)
  if (req.destroyed || req.readableEnded) return Promise.resolve(broken)
  return new Promise((resolve) => {
    const finish = (outcome: T | Problem): void => {
      req.off(event, listener).off('end', onEnd).off('close', onClose).off('error', onClose)
      signal.removeEventListener('abort', onAbort)
      clock.stop()
      resolve(outcome)
    }
    const onClose = (): void => finish(broken)
    const onAbort = (): void => {
      onLate?.()
      finish(late)
    }
    const clock = new UploadClock(source.started, limits, limits.idle, (fault) => {
      source.cut = fault === 'slow' ? 'client-slow' : 'client-silent'
      onAbort()
    })
    const { event, listener, onEnd, onLate } = listen(finish, clock)
    req.on(event, listener).on('end', onEnd).on('close', onClose).on('error', onClose)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
