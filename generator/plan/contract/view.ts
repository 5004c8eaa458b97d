import type { Route } from '../../../templates/runtime/contract.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import type { TranslatedMedia, TranslatedOperation } from '../schemas/index.ts'
import type { Facing } from './facing.ts'
import type { ContractService } from './types.ts'

/** A route, and what is known of the operation that it calls. */
export interface RouteView {
  readonly route: Route
  readonly operation: TranslatedOperation
  readonly service: ContractService
  readonly facing: Facing
}

/** Examples of the spec, unless they may show what the client never sees or sends. */
export function examplesOf(media: TranslatedMedia, hides: boolean, edit: (value: JsonValue) => JsonValue): JsonObject {
  const { example, examples: several } = media.model
  if (hides) return {}
  if (example !== undefined) return { example: edit(example) }
  const [only] = several
  if (only === undefined) return {}
  if (several.length === 1) return { example: edit(only) }
  return { examples: Object.fromEntries(several.map((value, at) => [`example${at + 1}`, { value: edit(value) }])) }
}
