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
 * A schema in JSON Schema 2020-12 as OpenAPI 3.1 uses it, whatever the dialect it was written in. Each `$ref`, and each value of a
 * discriminator's mapping, is `#/components/schemas/<name>`. Annotations are still there; extensions (`x-...`) are not.
 */
export type Translated = boolean | JsonObject

export interface TranslatedParameter {
  readonly model: ParameterModel
  readonly schema: Translated
}

export interface TranslatedMedia {
  readonly model: MediaModel
  /** `null`: the spec says nothing about the contents. */
  readonly schema: Translated | null
}

export interface TranslatedHeader {
  readonly model: HeaderModel
  readonly schema: Translated | null
}

export interface TranslatedAnswer {
  readonly model: ResponseModel
  /** Only fields that the gateway lets through. */
  readonly headers: readonly TranslatedHeader[]
  readonly content: readonly TranslatedMedia[]
}

export interface TranslatedOperation {
  readonly key: string
  readonly model: OperationModel
  /** By place (path, query, header, cookie), then name, in code-unit order. */
  readonly parameters: readonly TranslatedParameter[]
  readonly body: { readonly model: BodyModel; readonly content: readonly TranslatedMedia[] } | null
  /** Every documented answer but those with a 5xx status, which the gateway replaces by its own. */
  readonly answers: readonly TranslatedAnswer[]
}

/** What a client reaches of a service, in one dialect: from this the gateway's data, its types and its contract are made. */
export interface Translation {
  readonly service: ServiceModel
  /** By contract key, in code-unit order. */
  readonly operations: ReadonlyMap<string, TranslatedOperation>
  /** Everything a `$ref` or a mapping names, in code-unit order. */
  readonly schemas: ReadonlyMap<string, Translated>
}
