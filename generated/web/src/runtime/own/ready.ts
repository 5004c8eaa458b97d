import type { Responder } from '../http/responder.ts'
import { ownPaths } from '../words/ownPaths.ts'
import { type OwnEndpoint, reading } from './endpoint.ts'

/** Whether the gateway takes requests (rules F12, F18). 503 takes it out of a load balancer without restarting it. */
export function createReady(isReady: () => boolean, responder: Responder): OwnEndpoint {
  return {
    path: ownPaths.ready,
    methods: reading,
    answer(exchange) {
      if (isReady()) responder.json(exchange, 200, '{"status":"ready"}')
      else responder.json(exchange, 503, '{"status":"not ready"}')
      return 'answered'
    },
  }
}
