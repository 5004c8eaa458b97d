/** The types of `<service>/schemas.json`, which generated data and the runtime share. */

/**
 * JSON Schema 2020-12 as data. `$ref` is only ever `#/schemas/<name>` within the same file. `readOnly` members are refused in
 * requests, `writeOnly` members are withheld from answers; neither counts as required where it may not appear.
 */
export type Schema = boolean | { readonly [keyword: string]: unknown }

export type ParameterStyle = 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject'

export interface ParameterSchema {
  readonly required: boolean
  /** `null`: the value is one media type (`content`), in effect `application/json`. */
  readonly style: ParameterStyle | null
  readonly explode: boolean
  readonly allowReserved: boolean
  /** Query parameters only: an empty value is forwarded without a check against the schema. */
  readonly allowEmptyValue?: true
  readonly schema: Schema
}

/** Style of one property of an urlencoded body (OpenAPI encoding object). */
export interface EncodingSchema {
  readonly style: ParameterStyle | null
  readonly explode: boolean
  readonly allowReserved: boolean
  /** Media types a multipart part may have; empty: by the property's type. */
  readonly contentType: readonly string[]
}

export interface MediaSchema {
  readonly schema: Schema
  readonly encoding: Readonly<Record<string, EncodingSchema>>
}

export interface AnswerSchemas {
  /** By media type or range, as in the spec. Empty: no body. */
  readonly content: Readonly<Record<string, MediaSchema>>
  /** Documented header names, lower case. */
  readonly headers: readonly string[]
}

export interface OperationSchemas {
  readonly path: Readonly<Record<string, ParameterSchema>>
  readonly query: Readonly<Record<string, ParameterSchema>>
  readonly header: Readonly<Record<string, ParameterSchema>>
  readonly cookie: Readonly<Record<string, ParameterSchema>>
  readonly body: { readonly required: boolean; readonly content: Readonly<Record<string, MediaSchema>> } | null
  readonly answers: Readonly<Record<string, AnswerSchemas>>
}

/** The contents of `<service>/schemas.json`. */
export interface ServiceSchemas {
  readonly operations: Readonly<Record<string, OperationSchemas>>
  readonly schemas: Readonly<Record<string, Schema>>
  /** Sources of the patterns that must run on the linear-time engine (rule O5). */
  readonly linear: readonly string[]
  /** Steps of other patterns, for texts of at most 1, 2, 4 and so on characters; unlisted ones take few (rule P15). */
  readonly costs?: Readonly<Record<string, readonly number[]>>
}
