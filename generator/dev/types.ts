import type { ServiceSchemas } from '../../templates/runtime/vocabulary.ts'
import type { OperationModel, ServiceModel } from '../model/types.ts'

/** A simulated service, with every operation of its document, whether a client uses it or not. */
export interface SimulatedService {
  readonly model: ServiceModel
  readonly schemas: ServiceSchemas
  /** Keys of `schemas.operations`. */
  readonly keys: ReadonlyMap<OperationModel, string>
}
