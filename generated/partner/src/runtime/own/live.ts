import type { Responder } from '../http/responder.ts'
import { ownPaths } from '../words/ownPaths.ts'
import { type OwnEndpoint, reading } from './endpoint.ts'

/** Liveness probe. Always 200: a failed probe restarts the process. */
export function createLive(responder: Responder): OwnEndpoint {
  return {
    path: ownPaths.live,
    methods: reading,
    answer(exchange) {
      responder.json(exchange, 200, '{"status":"ok"}')
      return 'answered'
    },
  }
}
