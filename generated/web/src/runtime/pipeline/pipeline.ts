import type { Exchange, Outcome, Step } from '../exchange/exchange.ts'
import type { LiveExchange } from '../exchange/live.ts'
import type { Responder } from '../http/responder.ts'
import type { Matcher } from '../matching/matcher.ts'
import type { Log } from '../observe/log.ts'
import { problem } from '../words/problems.ts'

/** What the gateway puts into the table below. */
export type Parts = Readonly<Record<StepName, Step>>

export type StepName = (typeof order)[number]

/**
 * The way of every request, top to bottom. Each step lets it pass, ends it with a problem, or answers it. The order is the
 * security: nothing is parsed before it is known who asks and whether they may, and nothing is sent before that either.
 */
const order = [
  /** Address and request id, so that a refusal can name them. */
  'identify',
  /** One reading only: framing, header fields, request target. */
  'admit',
  /** Health and keys: the gateway's own, for any host. */
  'own',
  /** The host is one of the client's. */
  'host',
  /** Preflights; what other answers need is added by the responder. */
  'cors',
  /** The route, once and for all. */
  'match',
  /** Who calls. A broken credential ends a request to a public route as well. */
  'authenticate',
  /** Whether they may. Before any parameter or body is parsed. */
  'authorize',
  /** `100 Continue`, now that the body is wanted. */
  'invite',
  /** Parameters and body against the contract; makes what goes to the service. */
  'validate',
  /** The service, with the gateway's credential. */
  'call',
  /** What this client may see of the answer. */
  'shape',
  /** Status, allowed header fields, body. */
  'answer',
] as const

export interface Row {
  readonly name: StepName
  readonly step: Step
}

/** The table, filled. */
export function createTable(parts: Parts): readonly Row[] {
  return order.map((name) => ({ name, step: parts[name] }))
}

/**
 * The table for requests that want another protocol on their connection: there is none (rule R7). They are judged like
 * others as far as that goes, and never pass `match`.
 */
export function createUpgradeTable(table: readonly Row[], matcher: Matcher<unknown>): readonly Row[] {
  const judged = table.filter(({ name }) => name === 'identify' || name === 'admit' || name === 'host')
  const refuse: Step = ({ path, req }) => {
    const methods = matcher.methods(path)
    if (methods.length === 0) return problem('not-found', { close: true })
    if (methods.includes(req.method ?? '')) return problem('upgrade-not-supported', { close: true })
    return problem('method-not-allowed', { headers: { allow: methods.join(', ') }, close: true })
  }
  return [...judged, { name: 'match', step: refuse }]
}

/**
 * Makes what takes an exchange through a table. A step that throws, or a table that ends without an answer, is the gateway's
 * own fault: a constant 500, and a line in the log.
 */
export function createRunner(table: readonly Row[], responder: Responder, log: Log): (exchange: LiveExchange) => void {
  const steps = table.map(({ step }) => step)

  const run = (exchange: LiveExchange, from: number): void => {
    for (let i = from; i < steps.length; i++) {
      const outcome = steps[i]?.(exchange)
      if (outcome === undefined) continue
      if (outcome instanceof Promise) {
        outcome.then(
          (late) => {
            guarded(exchange, late, i + 1)
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
    fail(exchange, new Error('the pipeline ended without an answer'))
  }

  /** Goes on after a step that took its time. */
  const guarded = (exchange: LiveExchange, outcome: Outcome, from: number): void => {
    if (outcome === 'answered' || exchange.gone) return
    try {
      if (outcome === undefined) run(exchange, from)
      else responder.problem(exchange, outcome)
    } catch (error) {
      fail(exchange, error)
    }
  }

  const fail = (exchange: Exchange, error: unknown): void => {
    log.error({ id: exchange.requestId, err: error }, 'the gateway failed')
    if (exchange.res.headersSent) exchange.res.destroy()
    else responder.problem(exchange, internal)
  }

  return (exchange) => {
    try {
      run(exchange, 0)
    } catch (error) {
      fail(exchange, error)
    }
  }
}

const internal = problem('internal', { close: true })
