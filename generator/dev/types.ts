import type { ServiceContract } from '../../templates/runtime/contract.ts'
import type { OperationModel, ServiceModel } from '../model/types.ts'

/** A service as a simulator plays it: everything in its document, whether a client reaches it or not. */
export interface SimulatedService {
  readonly model: ServiceModel
  readonly contract: ServiceContract
  /** Keys of `contract.operations`. */
  readonly keys: ReadonlyMap<OperationModel, string>
}
