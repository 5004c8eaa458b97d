import type { Responder } from '../http/responder.ts'
import { type OwnEndpoint, reading } from './endpoint.ts'

/** The public keys of the identity tokens that the gateway signs for services (RFC 7517 section 5). */
export function createJwks(path: string, jwks: object, responder: Responder): OwnEndpoint {
  const body = JSON.stringify(jwks)
  return {
    path,
    methods: reading,
    answer(exchange) {
      responder.json(exchange, 200, body)
      return 'answered'
    },
  }
}
