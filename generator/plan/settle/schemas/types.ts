import type {
  BodyModel,
  HeaderModel,
  MediaModel,
  OperationModel,
  ParameterModel,
  ResponseModel,
  ServiceModel,
} from '../../../model/types.ts'
import type { JsonObject } from '../../../read/types.ts'

/**
 * A schema in JSON Schema 2020-12 as used by OpenAPI 3.1, translated from the dialect of the document. Each `$ref`, and
 * each value of a discriminator's mapping, is `#/components/schemas/<name>`. Annotations are kept; extensions (`x-...`)
 * are not.
 */
export type Translated = boolean | JsonObject

export interface TranslatedParameter {
  readonly model: ParameterModel
  readonly schema: Translated
}

export interface TranslatedMedia {
  readonly model: MediaModel
  /** `null`: the spec does not describe the contents. */
  readonly schema: Translated | null
}

export interface TranslatedHeader {
  readonly model: HeaderModel
  readonly schema: Translated | null
}

export interface TranslatedAnswer {
  readonly model: ResponseModel
  /** Only fields that the gateway passes on. */
  readonly headers: readonly TranslatedHeader[]
  readonly content: readonly TranslatedMedia[]
}

export interface TranslatedOperation {
  readonly key: string
  readonly model: OperationModel
  /** By place (path, query, header, cookie), then name, in code-unit order. */
  readonly parameters: readonly TranslatedParameter[]
  readonly body: { readonly model: BodyModel; readonly content: readonly TranslatedMedia[] } | null
  /** Every documented answer except 5xx, which the gateway replaces. */
  readonly answers: readonly TranslatedAnswer[]
}

/**
 * The operations that a client uses of a service, in one dialect. The gateway's data, types and contract are made from
 * it.
 */
export interface Translation {
  readonly service: ServiceModel
  /** By contract key, in code-unit order. */
  readonly operations: ReadonlyMap<string, TranslatedOperation>
  /** Every schema that a `$ref` or a mapping refers to, in code-unit order. */
  readonly schemas: ReadonlyMap<string, Translated>
  /** The schema of the document that was translated to this one; `null`: to a boolean, or to none. */
  nodeOf(schema: Translated): JsonObject | null
}
