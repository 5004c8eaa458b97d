import type { Origin } from '../support/index.ts'

/** A value of the manifest and its place. */
export interface At<T> {
  readonly value: T
  readonly origin: Origin
}

/** Text with `${NAME}` or `${NAME:-default}` references, which the running gateway resolves. */
export interface EnvTextModel {
  readonly text: string
  readonly variables: readonly { readonly name: string; readonly fallback: string | null }[]
  readonly origin: Origin
}

/** One credential of the manifest. */
export type CredentialModel = { readonly origin: Origin } & (
  | { readonly kind: 'none' | 'principal' }
  | { readonly kind: 'header'; readonly name: string; readonly value: EnvTextModel }
  | { readonly kind: 'basic'; readonly username: EnvTextModel; readonly password: EnvTextModel }
  | {
      readonly kind: 'client'
      readonly tokenUrl: EnvTextModel
      readonly clientId: EnvTextModel
      readonly clientSecret: EnvTextModel
      readonly scopes: readonly string[]
      readonly audience: EnvTextModel | null
    }
  | {
      readonly kind: 'exchange'
      readonly tokenUrl: EnvTextModel
      readonly clientId: EnvTextModel
      readonly clientSecret: EnvTextModel
      readonly scopes: readonly string[]
      readonly audience: EnvTextModel
    }
  | {
      readonly kind: 'identity'
      readonly issuer: EnvTextModel
      readonly audience: EnvTextModel
      readonly key: EnvTextModel
      readonly claims: readonly string[]
      /** Seconds. */
      readonly lifetime: number
    }
  | { readonly kind: 'mtls'; readonly cert: EnvTextModel; readonly key: EnvTextModel; readonly ca: EnvTextModel | null }
)

/** A claim and the texts that it may have. */
export interface ClaimTexts {
  /** The path as written: `realm_access.kind`. */
  readonly claim: string
  readonly texts: readonly string[]
  readonly origin: Origin
}

/** A rule of `access`, as written. Members that are absent are `null` or empty. */
export interface AccessModel {
  readonly public: At<string> | null
  /** Callers of the public operation may authenticate. */
  readonly optional: boolean
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
  readonly authenticated: boolean
  readonly when: At<string> | null
  readonly override: AccessModel | null
  readonly because: At<string> | null
  readonly origin: Origin
}

/** A claim that fills an input (`bind`), or whose values must include a path parameter (`own`). */
export interface ClaimUse {
  /** The input or parameter as written: `customerId`, or `query.customerId` where the name alone is ambiguous. */
  readonly input: string
  /** `$principal....` */
  readonly from: string
  readonly origin: Origin
}

/** Settings of a path parameter of an operation. */
export interface ParameterUse {
  readonly name: string
  readonly encodedSlash: 'refuse' | 'allow'
  readonly origin: Origin
}

/** A place of an answer that may stay open. */
export interface OpenUse {
  /** As written: `/200/details`, with `*` for any member or item. */
  readonly pointer: string
  readonly because: string
  readonly origin: Origin
}

/** Largest request body in bytes. `files`: for operations whose bodies may carry files. */
export interface BodyLimit {
  readonly plain: number
  readonly files: number
}
