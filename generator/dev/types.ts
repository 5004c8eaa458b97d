import type { ServiceSchemas } from '../../templates/runtime/vocabulary.ts'
import type { OperationModel, ServiceModel } from '../model/types.ts'

/** A service as a simulator plays it: everything in its document, whether a client reaches it or not. */
export interface SimulatedService {
  readonly model: ServiceModel
  readonly schemas: ServiceSchemas
  /** Keys of `schemas.operations`. */
  readonly keys: ReadonlyMap<OperationModel, string>
}
