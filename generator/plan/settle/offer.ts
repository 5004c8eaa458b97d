import type { ServiceSchemas } from '../../../templates/runtime/vocabulary.ts'
import type { OperationModel, ServiceModel } from '../../model/types.ts'
import type { JsonObject } from '../../read/types.ts'
import { contractKey, countOperationIds } from '../draft/names.ts'
import { planSchemas } from './schemas/index.ts'

/** Everything a service offers, whether a client reaches it or not: what a simulator of the service plays. */
export interface Offer {
  readonly schemas: ServiceSchemas
  /** The same as an OpenAPI 3.1 document, with the examples; the operationIds are the schemas' keys. */
  readonly document: JsonObject
  /** Keys of `schemas.operations`. */
  readonly keys: ReadonlyMap<OperationModel, string>
}

/** Faults are not reported here: they matter to those who ask for the operation. */
export function planOffer(service: ServiceModel): Offer {
  const counts = countOperationIds(service.operations)
  const keys = new Map(service.operations.map((operation) => [operation, contractKey(operation, counts)]))
  const { schemas, document } = planSchemas(service, keys)
  return { schemas, document, keys }
}
