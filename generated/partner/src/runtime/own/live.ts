import type { Responder } from '../http/responder.ts'
import { type OwnEndpoint, reading } from './endpoint.ts'

/** Liveness probe. Always 200: a failed probe restarts the process. */
export function createLive(path: string, responder: Responder): OwnEndpoint {
  return {
    path,
    methods: reading,
    answer(exchange) {
      responder.json(exchange, 200, '{"status":"ok"}')
      return 'answered'
    },
  }
}
