import type { Responder } from '../http/responder.ts'
import { type OwnEndpoint, reading } from './endpoint.ts'

/** Readiness probe (rules F12, F18). 503 removes the gateway from a load balancer without a restart. */
export function createReady(path: string, isReady: () => boolean, responder: Responder): OwnEndpoint {
  return {
    path,
    methods: reading,
    answer(exchange) {
      if (isReady()) responder.json(exchange, 200, '{"status":"ready"}')
      else responder.json(exchange, 503, '{"status":"not ready"}')
      return 'answered'
    },
  }
}
