import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import type { LiveExchange } from '../exchange/live.ts'
import type { Responder } from '../http/responder.ts'
import type { Observer } from '../observe/observer.ts'
import { problem } from '../words/problems.ts'
import { column, commonRows, type Steps } from './table.ts'
import type { ChooseWay } from './way.ts'

export interface Pipeline {
  /** Runs the steps for a request to a route or an own endpoint, or for a preflight. */
  request(exchange: LiveExchange): void
  /** Runs the steps for a request for another protocol. */
  upgrade(exchange: LiveExchange): void
}

const internal = problem('internal', { close: true, reason: 'step-failed' })

/**
 * Compiles the table's columns, once. A step that throws, or a column that ends without an answer, is a fault of the gateway:
 * a constant 500, and a line in the log (rule F22).
 */
export function createPipeline(
  steps: Steps,
  chooseWay: ChooseWay,
  responder: Responder,
  observer: Pick<Observer, 'requestFailed'>,
): Pipeline {
  const arrival = column('request', steps).slice(0, commonRows)
  const rest = {
    request: column('request', steps).slice(commonRows),
    preflight: column('preflight', steps).slice(commonRows),
    own: column('own', steps).slice(commonRows),
  }
  const upgrade = column('upgrade', steps)

  const run = (exchange: LiveExchange, rows: readonly Step[], from: number): void => {
    for (let i = from; i < rows.length; i++) {
      const outcome = rows[i]?.(exchange)
      if (outcome === undefined) continue
      if (outcome instanceof Promise) {
        outcome.then(
          (late) => {
            resume(exchange, late, rows, i + 1)
          },
          (error: unknown) => {
            fail(exchange, error)
          },
        )
      } else if (outcome !== 'answered') {
        responder.problem(exchange, outcome)
      }
      return
    }
    if (rows === arrival) run(exchange, rest[chooseWay(exchange)], 0)
    else fail(exchange, new Error('the pipeline ended without an answer'))
  }

  /** Continues after a step that returned a promise. */
  const resume = (exchange: LiveExchange, outcome: Outcome, rows: readonly Step[], from: number): void => {
    if (outcome === 'answered' || exchange.gone) return
    try {
      if (outcome === undefined) run(exchange, rows, from)
      else responder.problem(exchange, outcome)
    } catch (error) {
      fail(exchange, error)
    }
  }

  const fail = (exchange: Exchange, error: unknown): void => {
    observer.requestFailed({ requestId: exchange.requestId, error })
    if (exchange.res.headersSent) exchange.res.destroy()
    else responder.problem(exchange, internal)
  }

  const start = (exchange: LiveExchange, rows: readonly Step[]): void => {
    try {
      run(exchange, rows, 0)
    } catch (error) {
      fail(exchange, error)
    }
  }

  return {
    request: (exchange) => start(exchange, arrival),
    upgrade: (exchange) => start(exchange, upgrade),
  }
}
