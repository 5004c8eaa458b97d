import type { ServerResponse } from 'node:http'
import type { End, WholeBody } from '../upstream/answer.ts'

export function isWhole(body: unknown): body is WholeBody {
  return typeof body === 'string' || Buffer.isBuffer(body)
}

/**
 * Makes what ends responses with services' answers, all those of one turn of the event loop together, once everything that came in
 * has been dealt with. Each end is a call of the system that wakes a client; one after the other, with the work on other answers
 * between them, they cost more than twice as much (a fifth of the whole request). An answer that is alone in its turn waits for nothing.
 */
export function createEndings(): End {
  let waiting: [ServerResponse, WholeBody | null][] = []

  const endAll = (): void => {
    const all = waiting
    waiting = []
    for (const [res, body] of all) {
      // Its connection may have gone in the meantime.
      if (res.destroyed) continue
      if (body === null) res.end()
      else res.end(body, 'latin1')
    }
  }

  return (res, body) => {
    if (waiting.length === 0) setImmediate(endAll)
    waiting.push([res, body])
  }
}
