import type { Responder } from '../http/responder.ts'
import { createJwks } from './jwks.ts'
import { createLive } from './live.ts'
import { createReady } from './ready.ts'
import { createRegistry, type OwnEndpoints } from './registry.ts'

export type { OwnEndpoints } from './registry.ts'

export interface OwnOptions {
  readonly isReady: () => boolean
  /** Public keys of the identity tokens that services get; `null`: the gateway signs none, and has no endpoint for keys. */
  readonly jwks: object | null
  readonly responder: Responder
}

/** The gateway's own endpoints, each a file of this folder. */
export function createOwnEndpoints({ isReady, jwks, responder }: OwnOptions): OwnEndpoints {
  return createRegistry([
    createLive(responder),
    createReady(isReady, responder),
    ...(jwks === null ? [] : [createJwks(jwks, responder)]),
  ])
}
