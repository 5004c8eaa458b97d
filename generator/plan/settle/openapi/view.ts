import type { Route } from '../../../../templates/runtime/vocabulary.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { examplesObject } from '../schemas/document.ts'
import type { TranslatedMedia, TranslatedOperation } from '../schemas/index.ts'
import type { Facing } from './facing.ts'
import type { ContractService } from './types.ts'

/** A route, and the operation and service that it calls. */
export interface RouteView {
  readonly route: Route
  readonly operation: TranslatedOperation
  readonly service: ContractService
  readonly facing: Facing
}

/** Examples of the spec; none if they may contain members that the client neither gets nor sends. */
export function examplesOf(media: TranslatedMedia, hides: boolean, edit: (value: JsonValue) => JsonValue): JsonObject {
  return hides ? {} : examplesObject(media.model.examples, edit)
}
