import type { Exchange, Outcome } from '../exchange/exchange.ts'
import type { OpenStreams } from '../http/openStreams.ts'
import type { UnfinishedBodies } from '../http/unfinishedBodies.ts'
import { isUnfinished } from '../http/unreadBody.ts'
import { type HeldBytes, noRoom } from '../support/heldBytes.ts'
import { busy } from '../upstream/failures.ts'
import type { Upstream } from '../upstream/index.ts'
import type { ExpectedAnswer } from '../upstream/transport.ts'
import { problem } from '../words/problems.ts'

/** Data of a route for its reservation, prepared once. */
export interface PreparedReservation {
  readonly upstream: Pick<Upstream, 'isFull'>
  /** Counts its requests by caller; `null`: no answer is passed on as it arrives. */
  readonly streams: OpenStreams | null
  readonly expected: ExpectedAnswer
}

const tooMany = problem('too-many-requests', {
  headers: { 'retry-after': '1' },
  close: true,
  reason: 'bodies-unfinished',
})

const tooManyStreams = problem('too-many-streams', { headers: { 'retry-after': '1' } })

/**
 * Refuses a request before a byte of its body is read, if its service has no place for a further call (rule F10), if there would be no
 * room for an answer such as the last ones (rule F27), if its caller holds too many answers of the route open (rule F29), or has too many
 * unfinished bodies (rule P7).
 */
export function createReserve(
  bodies: UnfinishedBodies,
  held: Pick<HeldBytes, 'fits'>,
): (exchange: Exchange, prepared: PreparedReservation) => Outcome {
  return (exchange, { upstream, streams, expected }) => {
    if (upstream.isFull(streams !== null)) return busy
    if (!held.fits(exchange, expected.bytes)) return noRoom
    if (streams !== null && !streams.claim(exchange)) return tooManyStreams
    return isUnfinished(exchange.req) && !bodies.claim(exchange) ? tooMany : undefined
  }
}
