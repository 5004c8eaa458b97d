import { isWhole } from '../answers/endings.ts'
import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import type { HeldBytes } from '../support/heldBytes.ts'
import type { ServiceAnswer, WholeBody } from '../upstream/answer.ts'
import type { Problem } from '../words/problems.ts'

/**
 * Makes the step that reduces an answer that was read whole to what the client may see; other answers stay unchanged. From then on only
 * the reduced body is held: the call and its request are over (rule F27).
 */
export function createShape(held: Pick<HeldBytes, 'keep'>): Step {
  const accept = (exchange: Exchange, answer: ServiceAnswer, projected: WholeBody | Problem): Outcome => {
    if (!isWhole(projected)) {
      held.keep(exchange, 0)
      return projected
    }
    answer.body = projected
    held.keep(exchange, projected.length)
    return undefined
  }

  return (exchange) => {
    const { answer, request } = exchange
    if (answer === null) throw new Error('the step `shape` ran without an answer')
    if (answer.treatment.kind !== 'project' || !Buffer.isBuffer(answer.body)) return undefined
    const projected = answer.treatment.project(answer.body, exchange)
    answer.body = null
    exchange.running = null
    if (request !== null && request.body !== 'stream') request.body = null
    return projected instanceof Promise
      ? projected.then((late) => accept(exchange, answer, late))
      : accept(exchange, answer, projected)
  }
}
