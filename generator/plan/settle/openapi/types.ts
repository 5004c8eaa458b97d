import type { Client, Route, Service } from '../../../../templates/runtime/vocabulary.ts'
import type { Translation } from '../schemas/index.ts'

/** A service that the routes call. */
export interface ContractService {
  /** From `planSchemas`. It contains each called operation under the key `contract.operation` of its route. */
  readonly translation: Translation
  /** Only their kinds are used: with a `principal` credential the service itself answers 401. */
  readonly credentials: Service['credentials']
}

/** The input of a client's contract. */
export interface ContractInput {
  readonly title: string
  readonly description?: string | null
  /** The version of the contract, not of the generator. The default is `1.0.0`. */
  readonly version?: string
  readonly client: Client
  /** In the order in which the contract shows them. */
  readonly routes: readonly Route[]
  /** By the name in `route.action.service`. */
  readonly services: ReadonlyMap<string, ContractService>
}
