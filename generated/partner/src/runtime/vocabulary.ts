/**
 * The vocabulary between the generated part of a gateway (`src/gateway/`, data) and its behaviour (`src/runtime/`).
 * Everything here is plain data: what a reviewer reads in `routes.ts`, `services.ts` and `client.ts`.
 */

/** Methods a route may have. OPTIONS is always answered by the gateway; TRACE and CONNECT never reach a service. */
export type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'PATCH'

/**
 * Text that may refer to the environment of the running gateway: `${NAME}` (required) or `${NAME:-default}`.
 * Resolved once, at start. A literal `$` before `{` is written `$${`.
 */
export type EnvText = string

// ---------------------------------------------------------------------------------------------- access

/** What a caller must hold, all of it. Both empty: any authenticated caller. */
export interface Grant {
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
}

/** The raw value of a path parameter must equal the claim, or be among its values. */
export interface Ownership {
  readonly parameter: string
  /** Path into the principal's claims, for example `['realm', 'accounts']`. */
  readonly claim: readonly string[]
}

/**
 * A compiled `when`. A claim or input that is absent leaves the comparison that uses it undecided, and what stays undecided does
 * not hold, below a `not` either.
 */
export type Expression =
  | { readonly kind: 'principal'; readonly claim: readonly string[] }
  | { readonly kind: 'request'; readonly in: 'path' | 'query' | 'header'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'equal' | 'unequal' | 'in'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }

/** Who may call a route. There is no default: a route without access cannot be written. */
export type Access =
  | { readonly kind: 'public'; readonly because: string }
  | {
      readonly kind: 'principal'
      /** One of these is enough. Never empty. */
      readonly anyOf: readonly Grant[]
      /** All of these must hold. */
      readonly own: readonly Ownership[]
      /** All of these must hold. */
      readonly when: readonly Expression[]
    }

// ---------------------------------------------------------------------------------------------- routes

/** An input of the service that the gateway fills from the caller's claims; the client can never send it. */
export interface Bind {
  /** `body` means a top-level member of a JSON object body. */
  readonly in: 'path' | 'query' | 'header' | 'body'
  readonly name: string
  readonly claim: readonly string[]
}

/** What a client may send on a route. Names point into the operation's contract in `schemas.json`. */
export interface RequestPolicy {
  readonly path: readonly string[]
  readonly query: readonly string[]
  readonly header: readonly string[]
  readonly cookie: readonly string[]
  /** Accepted media types, in the order of the spec; `null`: the operation takes no body, and one that is sent is refused. */
  readonly body: readonly string[] | null
  readonly bind: readonly Bind[]
  readonly undeclaredQuery: 'drop' | 'refuse'
  /** Bytes. */
  readonly maxBody: number
}

/** What a route does once a request has been admitted. */
export type Action = CallAction

/** One call of one operation; its answer is the route's answer. */
export interface CallAction {
  readonly kind: 'call'
  /** Key of `services`. */
  readonly service: string
  readonly method: Method
  /** The service's own path template; the path of the service's url comes before it. */
  readonly path: string
  /** Keys of the service's `credentials`, applied in order. Empty: nothing is sent. */
  readonly credentials: readonly string[]
}

export interface AnswerPolicy {
  /** What happens to an answer that does not fit its schema. */
  readonly check: 'off' | 'report' | 'enforce'
  /** Whether JSON answers are projected to what their schema declares, or pass through as bytes. */
  readonly undeclared: 'drop' | 'pass'
  /** Documented statuses in ascending order (`200`, `4XX`, `default`). */
  readonly statuses: readonly string[]
}

/** The operation whose schemas say what a client may send and gets: a key of `operations` in `<service>/schemas.json`. */
export interface RouteContract {
  readonly service: string
  readonly operation: string
}

/** A route with everything that counts for it, as the steps know it. */
export interface Route {
  /**
   * Unique in a gateway: `<service>.<operation>`, of which neither part has a `/`. Nothing reads a route's service or operation out of its
   * id: they stand in `contract` and `action`.
   */
  readonly id: string
  readonly method: Method
  /** Path template as the client sees it. */
  readonly path: string
  readonly access: Access
  readonly request: RequestPolicy
  readonly contract: RouteContract
  readonly action: Action
  readonly answers: AnswerPolicy
  /** Milliseconds for the whole route. */
  readonly timeout: number
}

/**
 * A route as `routes.ts` has it: without what its service and its client decide. A list that is absent is empty, so that a client may send
 * nothing that is not written here; `access` cannot be absent.
 */
export interface WrittenRoute extends Pick<Route, 'id' | 'method' | 'path' | 'access' | 'contract'> {
  /** Absent lists are empty; an absent `body` is `null`; what else is absent is the client's. */
  readonly request?: Partial<RequestPolicy>
  /** Absent `credentials` are what the service `sends`. */
  readonly action: Omit<CallAction, 'credentials'> & Partial<Pick<CallAction, 'credentials'>>
  /** Absent members are the service's. */
  readonly answers: Partial<AnswerPolicy> & Pick<AnswerPolicy, 'statuses'>
  /** Absent: the service's. */
  readonly timeout?: number
}

// ---------------------------------------------------------------------------------------------- services

/** What the gateway sends to a service to be let in. Secrets are references to the environment, never literals. */
export type Credential =
  /** The caller's own bearer token. */
  | { readonly kind: 'principal' }
  /** A static secret in a header. */
  | { readonly kind: 'header'; readonly name: string; readonly value: EnvText }
  | { readonly kind: 'basic'; readonly username: EnvText; readonly password: EnvText }
  /** OAuth 2.0 client credentials (RFC 6749 section 4.4). */
  | {
      readonly kind: 'client'
      readonly tokenUrl: EnvText
      readonly clientId: EnvText
      readonly clientSecret: EnvText
      readonly scopes: readonly string[]
      readonly audience: EnvText | null
    }
  /** Token exchange (RFC 8693): the caller's token for one of this audience. */
  | {
      readonly kind: 'exchange'
      readonly tokenUrl: EnvText
      readonly clientId: EnvText
      readonly clientSecret: EnvText
      readonly scopes: readonly string[]
      readonly audience: EnvText
    }
  /** A short JWT about the caller, minted and signed by the gateway; services verify it with the gateway's JWKS. */
  | {
      readonly kind: 'identity'
      readonly issuer: EnvText
      readonly audience: EnvText
      /** PKCS #8 PEM of an EC P-256 or RSA key, which signs; keys after it are only published, for rotation. */
      readonly key: EnvText
      /** Claims of the principal that are copied, besides `sub`. */
      readonly claims: readonly string[]
      /** Seconds. */
      readonly lifetime: number
    }

/** Client certificate for the connection itself (mutual TLS); paths of PEM files. */
export interface MutualTls {
  readonly cert: EnvText
  readonly key: EnvText
  readonly ca: EnvText | null
}

export interface Service {
  /** Endpoints; each is scheme, authority and an optional base path. */
  readonly url: readonly EnvText[]
  readonly credentials: Readonly<Record<string, Credential>>
  /** Keys of `credentials`, applied in order to the calls of each route that names no others. Empty: nothing is sent. */
  readonly sends: readonly string[]
  readonly tls: MutualTls | null
  /** Open connections to one endpoint, and calls that may wait for one; more are refused with 503. */
  readonly concurrency: { readonly max: number; readonly queue: number }
  /** Bytes of an answer that must be read whole. */
  readonly maxAnswer: number
  /** Milliseconds for a route, unless it says otherwise. */
  readonly timeout: number
  /** What happens to answers, unless a route says otherwise. */
  readonly answers: Pick<AnswerPolicy, 'check' | 'undeclared'>
}

// ---------------------------------------------------------------------------------------------- the client

export interface JwtIssuer {
  /** Exact `iss`. */
  readonly issuer: EnvText
  /** One of these must be in `aud`. */
  readonly audience: readonly EnvText[]
  /** JWKS address; `null`: found by discovery (OpenID Connect Discovery 1.0, then RFC 8414). */
  readonly jwks: EnvText | null
  readonly algorithms: readonly string[]
  /** Accepted `typ` header: `at+jwt` (RFC 9068), or `jwt` for issuers that do not mark access tokens. */
  readonly type: 'at+jwt' | 'jwt'
  /**
   * Claim paths. `null`: this issuer gives none. Scopes are one space-separated text; a claim other than `scope` may be a list of
   * texts too. Roles are a list of texts, or one text.
   */
  readonly scopes: readonly string[] | null
  readonly roles: readonly string[] | null
  /** Seconds. */
  readonly clockSkew: number
  /** Seconds since `iat`; `null`: only `exp` counts. */
  readonly maxAge: number | null
}

export type Authenticator =
  | { readonly kind: 'jwt'; readonly issuers: readonly JwtIssuer[] }
  | {
      readonly kind: 'api-key'
      readonly header: string
      /** JSON array of keys (`ApiKeyRecord` in `auth/keyRecords.ts`), or `file:` and a path to one. */
      readonly keys: EnvText
      /** Secret of the HMAC that hashes keys. */
      readonly pepper: EnvText
    }

export interface Cors {
  readonly origins: readonly EnvText[]
  readonly credentials: boolean
  /** Response headers that scripts may read, besides the safelisted. */
  readonly expose: readonly string[]
  /** Seconds a preflight may be cached. */
  readonly maxAge: number
}

export interface Client {
  /** Manifest's name and the client's, for logs, `Via` and the server's pseudonym. */
  readonly gateway: string
  readonly name: string
  readonly authenticators: Readonly<Record<string, Authenticator>>
  readonly cors: Cors | null
  /** Authorities (`host` or `host:port`) a request may name; `null`: any well-formed one. */
  readonly publicHosts: readonly EnvText[] | null
  /** CIDR ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly EnvText[]
  /** What becomes of query parameters that no route declares, unless a route says otherwise. */
  readonly undeclaredQuery: RequestPolicy['undeclaredQuery']
  /** Bytes of a body, unless a route says otherwise: `files` for a route of which a body may be multipart or binary. */
  readonly maxBody: { readonly plain: number; readonly files: number }
}

/** A gateway's data, its routes complete. */
export interface Gateway {
  readonly client: Client
  readonly routes: readonly Route[]
  readonly services: Readonly<Record<string, Service>>
  /** Folder that holds `<service>/schemas.json`. */
  readonly data: URL
}

/** Everything generated, as `main.ts` hands it to `createGateway`. */
export interface WrittenGateway extends Omit<Gateway, 'routes'> {
  readonly routes: readonly WrittenRoute[]
}

// ---------------------------------------------------------------------------------------------- schemas.json

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
  /** Of a query parameter: an empty value is sent on, whatever the schema says. */
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
}
