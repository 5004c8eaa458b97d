import type { Concurrency } from '../../templates/runtime/vocabulary.ts'
import type { JsonObject, JsonValue } from '../read/types.ts'
import type { AccessModel, At, ClaimTexts, EnvTextModel, Said } from '../settings/index.ts'
import type { Code, Origin } from '../support/index.ts'

// The services and the manifest as plain data. Decisions about them follow in plan/.

/** Why an operation cannot be served. Reported only if a client exposes the operation. */
export interface Fault {
  readonly code: Code
  readonly message: string
  readonly origin: Origin
  readonly remedy: string | null
}

// ------------------------------------------------------------------------------------------------ services

/** A raw schema of the bundled document (OpenAPI 3.0 or 3.1 dialect as written), and its origin. */
export interface SchemaNode {
  readonly schema: JsonValue
  readonly origin: Origin
}

export type PathPiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }

/** A path template as segments of pieces: `/{a}-{b}/x` is `[[a, '-', b], ['x']]`. A `#variant` or `?query` is split off. */
export interface PathTemplate {
  readonly text: string
  readonly segments: readonly (readonly PathPiece[])[]
  /** The text after `#`, which only distinguishes operations. */
  readonly variant: string | null
  /** Fixed query of the path (`/x?action=y`), raw, without `?`. */
  readonly query: string | null
}

/** One example of a value. That of `example` has no name. */
export interface ExampleModel {
  readonly name: string | null
  readonly summary: string | null
  readonly description: string | null
  readonly value: JsonValue
}

/** OpenAPI, External Documentation Object. */
export interface ExternalDocsModel {
  readonly url: string
  readonly description: string | null
}

export interface ParameterModel {
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly name: string
  readonly required: boolean
  /** `null`: described by `content` (serialised as that media type). */
  readonly style: 'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'deepObject' | null
  readonly explode: boolean
  readonly allowReserved: boolean
  /** Of a query parameter: an empty value is allowed even if the schema refuses it. */
  readonly allowEmptyValue: boolean
  readonly deprecated: boolean
  readonly description: string | null
  readonly schema: SchemaNode
  /** The parameter's own, or those of its `content`. */
  readonly examples: readonly ExampleModel[]
  readonly origin: Origin
}

export interface EncodingModel {
  readonly contentType: readonly string[]
  readonly style: ParameterModel['style']
  readonly explode: boolean
  readonly allowReserved: boolean
}

export interface MediaModel {
  /** As written, for example `application/json; charset=utf-8` or `image/*`. */
  readonly type: string
  /** That of the whole body; of a stream of events or lines that of an item, if the document says it. */
  readonly schema: SchemaNode | null
  readonly encoding: Readonly<Record<string, EncodingModel>>
  /** `example` before `examples`. */
  readonly examples: readonly ExampleModel[]
  /** The object of the document. */
  readonly node: JsonObject
  readonly origin: Origin
}

export interface BodyModel {
  readonly required: boolean
  readonly description: string | null
  readonly content: readonly MediaModel[]
  readonly origin: Origin
}

export interface HeaderModel {
  readonly name: string
  readonly required: boolean
  readonly deprecated: boolean
  readonly description: string | null
  readonly explode: boolean
  /** `null`: written in style `simple`; else the one media type of `content`. */
  readonly content: string | null
  readonly schema: SchemaNode | null
  readonly examples: readonly ExampleModel[]
}

export interface ResponseModel {
  /** `200`, `4XX` (upper case), `default`. */
  readonly status: string
  readonly description: string
  readonly headers: readonly HeaderModel[]
  readonly content: readonly MediaModel[]
  readonly origin: Origin
}

/** Schemes that are required together, each with its scopes or roles. Empty: anonymous (`{}`). */
export type SecurityRequirement = readonly {
  readonly scheme: string
  readonly scopes: readonly string[]
  readonly origin: Origin
}[]

/** A URL of `servers` with a variable that has no default, or that is a secret, whose default is an example. */
export interface UnfilledServer {
  readonly url: string
  readonly variable: string
  readonly isSecret: boolean
}

export interface OperationModel {
  readonly service: string
  readonly operationId: string | null
  /** Method, and key of the path item as written: `GET /orders/{orderId}`. Unique in its service. */
  readonly reference: string
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'PATCH' | 'OPTIONS' | 'TRACE' | 'QUERY'
  readonly path: PathTemplate
  readonly tags: readonly string[]
  /** The operation's own, or else its path item's. */
  readonly summary: string | null
  readonly description: string | null
  readonly externalDocs: ExternalDocsModel | null
  readonly deprecated: boolean
  /** Whether the operation, its path item or one of its tags has `x-internal: true`. */
  readonly internal: boolean
  /** Path item's and operation's, merged; in the order written. */
  readonly parameters: readonly ParameterModel[]
  readonly body: BodyModel | null
  /** In ascending order, `default` last. */
  readonly responses: readonly ResponseModel[]
  /** OR of ANDs. `null`: not written, neither in the operation nor in the root; `[]`: declared to be open. */
  readonly security: readonly SecurityRequirement[] | null
  /** Where `security` was written, for diagnostics. */
  readonly securityOrigin: Origin | null
  /** Urls of the nearest `servers` (operation, path item, root), variables filled with their defaults. */
  readonly servers: readonly string[]
  /** Whether `servers` come from the operation or path item rather than the root. */
  readonly ownServers: boolean
  /** The first URL of the nearest `servers` that is not used, because a variable in it has no value. */
  readonly unfilledServer: UnfilledServer | null
  readonly faults: readonly Fault[]
  readonly origin: Origin
}

export interface SecurityScheme {
  readonly name: string
  readonly kind:
    | 'oauth2'
    | 'openIdConnect'
    | 'http-bearer'
    | 'http-basic'
    | 'http-other'
    | 'apiKey'
    | 'mutualTLS'
    | 'unknown'
  /** Of an apiKey. */
  readonly in: 'header' | 'query' | 'cookie' | null
  readonly parameterName: string | null
  readonly origin: Origin
}

/** A path item, as far as other paths depend on it. */
export interface DocumentPath {
  readonly segments: PathTemplate['segments']
  /** Urls of the servers of its operations, and of the path item itself. */
  readonly servers: readonly string[]
}

export interface ServiceModel {
  readonly id: string
  readonly file: string
  readonly version: '3.0' | '3.1' | '3.2'
  /** The names in their files of component schemas that bundling renamed, by their names in the document. */
  readonly renamed: ReadonlyMap<string, string>
  readonly title: string
  readonly description: string | null
  readonly operations: readonly OperationModel[]
  /** The paths of the document, also those without an operation that can be served. */
  readonly paths: readonly DocumentPath[]
  readonly schemes: readonly SecurityScheme[]
  readonly servers: readonly string[]
  /** The bundled document, for `$ref`s of schemas only. */
  readonly document: JsonObject
  /** What becomes of patterns that can take too long. */
  readonly unprovenPatterns: ServiceManifest['unprovenPatterns']
  originOf(node: object): Origin | null
  readonly origin: Origin
}

// ------------------------------------------------------------------------------------------------ the manifest

export type {
  AccessModel,
  At,
  ClaimTexts,
  ClaimUse,
  CredentialModel,
  EnvTextModel,
  OpenUse,
  ParameterUse,
} from '../settings/index.ts'

export interface ServiceManifest {
  readonly id: string
  readonly spec: string
  /** Empty: the spec's `servers` are the fallback. */
  readonly url: readonly EnvTextModel[]
  /** By security scheme of the spec: required of the caller (`principal`), or supplied by the gateway (`service`). */
  readonly security: Readonly<Record<string, At<'principal' | 'service'>>>
  /** The settings as written; `resolve` returns the effective values. */
  readonly settings: Said<'service'>
  /** How query parameters are written where OpenAPI does not define it. */
  readonly nestedQuery: 'refuse' | 'brackets'
  /** Patterns that only a backtracking engine can run, in a time that is not proven linear. */
  readonly unprovenPatterns: 'refuse' | 'limit'
  readonly concurrency: Concurrency
  /** Bytes. */
  readonly maxAnswer: number
  readonly redirectHosts: readonly EnvTextModel[]
  readonly origin: Origin
}

export interface JwtIssuerModel {
  readonly issuer: EnvTextModel
  /** As written; `none` stands for tokens without an audience (`plan/draft/audience.ts`). */
  readonly audience: readonly EnvTextModel[]
  /** Empty: any client. */
  readonly clientIds: readonly EnvTextModel[]
  readonly accessMarks: readonly ClaimTexts[]
  readonly jwks: EnvTextModel | null
  readonly algorithms: readonly At<string>[]
  readonly type: 'at+jwt' | 'jwt'
  readonly scopes: string | null
  readonly roles: string | null
  /** Seconds. */
  readonly clockSkew: number
  readonly maxAge: number | null
  readonly origin: Origin
}

export type AuthenticatorModel = { readonly id: string; readonly origin: Origin } & (
  | { readonly kind: 'jwt'; readonly issuers: readonly JwtIssuerModel[] }
  | {
      readonly kind: 'api-key'
      readonly in: At<string>
      readonly header: At<string>
      readonly keys: EnvTextModel
      readonly pepper: EnvTextModel
    }
)

/** The settings of one entry of `expose`. `null`: not set, so a less specific entry applies. */
export type ExposeOptions = Said<'selector'>

export interface ExposeEntry {
  /** The selector as written. */
  readonly selector: string
  /** `access` is that of the named rule, and `null` if the rule is undecided or does not exist. */
  readonly options: ExposeOptions
  /** The name of a rule, where `access` is one. */
  readonly rule: At<string> | null
  /** Selectors of operations that the entry does not match. */
  readonly except: readonly At<string>[]
  readonly origin: Origin
}

/** A rule of `rules`. */
export interface NamedRule {
  readonly name: string
  /** `null`: undecided. */
  readonly access: AccessModel | null
  readonly origin: Origin
}

export interface ClientManifest {
  readonly id: string
  readonly title: string | null
  readonly audience: 'internal' | 'external'
  readonly authenticate: readonly At<string>[]
  readonly cors: {
    readonly origins: readonly EnvTextModel[]
    readonly credentials: boolean
    readonly expose: readonly string[]
    readonly maxAge: number
    readonly origin: Origin
  } | null
  readonly publicHosts: readonly EnvTextModel[] | null
  readonly trustedProxies: readonly EnvTextModel[]
  readonly basePath: string | null
  readonly stripBasePath: boolean
  readonly ownPath: string | null
  /** The settings as written; `resolve` returns the effective values. */
  readonly settings: Said<'client'>
  readonly expose: readonly ExposeEntry[]
  readonly origin: Origin
}

export interface Manifest {
  readonly file: string
  readonly name: string
  readonly services: readonly ServiceManifest[]
  readonly authenticators: readonly AuthenticatorModel[]
  /** In the order written. */
  readonly rules: readonly NamedRule[]
  readonly clients: readonly ClientManifest[]
}

export interface Model {
  readonly manifest: Manifest
  /** One for each service of the manifest, in the manifest's order. */
  readonly services: readonly ServiceModel[]
}
