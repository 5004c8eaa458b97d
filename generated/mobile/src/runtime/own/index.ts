import type { Responder } from '../http/responder.ts'
import type { OwnPaths } from '../words/ownPaths.ts'
import { createAbsent } from './absent.ts'
import { createJwks } from './jwks.ts'
import { createLive } from './live.ts'
import { createReady } from './ready.ts'
import { createRegistry, type OwnEndpoints } from './registry.ts'

export type { OwnEndpoints } from './registry.ts'

export interface OwnOptions {
  readonly paths: OwnPaths
  readonly isReady: () => boolean
  /** Public keys of the identity tokens that services get; `null`: the gateway signs none, and has no endpoint for keys. */
  readonly jwks: object | null
  readonly responder: Responder
}

/** The gateway's own endpoints, each a file of this folder. */
export function createOwnEndpoints({ paths, isReady, jwks, responder }: OwnOptions): OwnEndpoints {
  return createRegistry([
    createLive(paths.live, responder),
    createReady(paths.ready, isReady, responder),
    jwks === null ? createAbsent(paths.jwks) : createJwks(paths.jwks, jwks, responder),
  ])
}
