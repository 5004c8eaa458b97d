import type { Client, Route, Service } from '../../../../templates/runtime/vocabulary.ts'
import type { Translation } from '../schemas/index.ts'

/** A service that the routes call. */
export interface ContractService {
  /** From `planSchemas`, with every operation that a route calls under the route's `contract`. */
  readonly translation: Translation
  /** Only which kinds there are counts: a service that judges the caller's own token answers 401 for itself. */
  readonly credentials: Service['credentials']
}

/** What a client's contract is made from. */
export interface ContractInput {
  readonly title: string
  readonly description?: string | null
  /** Of the contract, not of the generator; `1.0.0` unless the manifest knows better. */
  readonly version?: string
  readonly client: Client
  /** In the order in which the contract shows them. */
  readonly routes: readonly Route[]
  /** By the name that `route.action.service` has. */
  readonly services: ReadonlyMap<string, ContractService>
}
