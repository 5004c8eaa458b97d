import type { Responder } from '../http/responder.ts'
import { ownPaths } from '../words/ownPaths.ts'
import { type OwnEndpoint, reading } from './endpoint.ts'

/** Whether the process answers at all. Always 200: a probe that fails restarts the process. */
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
