import type { ServiceSchemas } from '../../../templates/runtime/vocabulary.ts'
import type { OperationModel, ServiceModel } from '../../model/types.ts'
import type { JsonObject } from '../../read/types.ts'
import { contractKey, countOperationIds } from '../draft/names.ts'
import { planSchemas } from './schemas/index.ts'

/** All operations of a service, exposed to a client or not, for a simulator of the service. */
export interface Offer {
  readonly schemas: ServiceSchemas
  /** Makes the same as an OpenAPI 3.1 document, with examples. Its operationIds are the keys of `schemas.operations`. */
  document(): JsonObject
  /** Keys of `schemas.operations`. */
  readonly keys: ReadonlyMap<OperationModel, string>
}

/** Does not report faults: they matter only for operations that a client exposes. */
export function planOffer(service: ServiceModel): Offer {
  const counts = countOperationIds(service.operations)
  const keys = new Map(service.operations.map((operation) => [operation, contractKey(operation, counts)]))
  const { schemas, document } = planSchemas(service, keys)
  return { schemas, document, keys }
}
