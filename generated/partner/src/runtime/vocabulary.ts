/**
 * The types of a gateway's generated data (`src/gateway/`), which its runtime (`src/runtime/`) reads. Everything here is plain
 * data, for review in `routes.ts`, `services.ts` and `client.ts`.
 */

import type { Authenticator, Cors, EnvText, HeadLimits } from './clientData.ts'

/** Methods a route may have. OPTIONS is always answered by the gateway; TRACE and CONNECT never reach a service. */
export type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE' | 'PATCH'

// ---------------------------------------------------------------------------------------------- access

/** Scopes and roles that a caller must have, all of them. Both empty: any authenticated caller. */
export interface Grant {
  readonly scopes: readonly string[]
  readonly roles: readonly string[]
}

/** The raw value of a path parameter must equal the claim, or one of its values. */
export interface Ownership {
  readonly parameter: string
  /** Path into the principal's claims, for example `['realm', 'accounts']`. */
  readonly claim: readonly string[]
}

/**
 * A compiled `when`. A comparison with an absent claim or input is undecided. An undecided expression does not hold, and neither
 * does its `not`.
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
  | {
      readonly kind: 'public'
      readonly because: string
      /** Callers may authenticate. Credentials of the caller are sent if there is one; answers vary with the caller's credential. */
      readonly optional?: true
    }
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

/** An input of the service that the gateway fills from the caller's claims; the client cannot send it. */
export interface Bind {
  /** `body` means a top-level member of a JSON object body. */
  readonly in: 'path' | 'query' | 'header' | 'body'
  readonly name: string
  readonly claim: readonly string[]
}

/**
 * Settings of a route that its client, its service, or its service's `answers` has for routes that do not set them. The members are
 * listed in `words/inherited.ts`.
 */
export interface ClientDefaults {
  /** What happens to query parameters that a route does not declare. */
  readonly undeclaredQuery: 'drop' | 'refuse'
}

export interface ServiceDefaults {
  /** Milliseconds for the whole route. */
  readonly timeout: number
  /** What happens to members of request bodies that their schema does not declare. */
  readonly undeclaredBody: 'pass' | 'drop' | 'refuse'
  /** Milliseconds without a byte of an answer that is passed on; `null`: as its media type and `timeout` have it. */
  readonly streamIdle: number | null
  /** Milliseconds for an answer that is passed on. */
  readonly streamLifetime: number
  /** Maximum number of answers to one caller that are being passed on. */
  readonly streamsPerCaller: number
  /** Milliseconds without a byte of a request's body. */
  readonly uploadIdle: number
}

export interface AnswerDefaults {
  /** What happens to an answer that does not fit its schema. */
  readonly check: 'off' | 'report' | 'enforce'
  /** Whether JSON answers are projected to what their schema declares, or pass through as bytes. */
  readonly undeclared: 'drop' | 'pass'
}

/** What a client may send on a route. Names are those of the operation's parameters in `schemas.json`. */
export interface RequestPolicy extends ClientDefaults {
  readonly path: readonly string[]
  /** Names of path parameters in `openapi.json`, by those in `path`, where the two differ. */
  readonly pathNames?: Readonly<Record<string, string>>
  readonly query: readonly string[]
  readonly header: readonly string[]
  readonly cookie: readonly string[]
  /** Accepted media types, in the order of the spec; `null`: the operation takes no body, and one that is sent is refused. */
  readonly body: readonly string[] | null
  readonly bind: readonly Bind[]
  /** Path parameters whose values may contain an encoded slash, which stays encoded. Absent: none. */
  readonly encodedSlash?: readonly string[]
  /** Bytes. */
  readonly maxBody: number
}

/** What a route does with an admitted request. */
export type Action = CallAction

/** One call of one operation; its answer is the route's answer. */
export interface CallAction {
  readonly kind: 'call'
  /** Key of `services`. */
  readonly service: string
  readonly method: Method
  /** The service's path template, which is appended to the path of the service's url. */
  readonly path: string
  /**
   * Path templates of the service's other operations that values of parameters could make of `path`. A request whose path to the
   * service matches one of them is refused (rule R8). Absent: there are none.
   */
  readonly reserved?: readonly string[]
  /** Keys of the service's `credentials`, applied in order. Empty: nothing is sent. */
  readonly credentials: readonly string[]
}

export interface AnswerPolicy extends AnswerDefaults {
  /** Documented statuses in ascending order (`200`, `4XX`, `default`). */
  readonly statuses: readonly string[]
  /** A service's 401 is passed on although it does not concern the caller's token: the operation checks a credential in its body. */
  readonly unauthorized?: 'pass'
  /** A redirect to one of the service's `redirectHosts` is passed on. Absent: redirects lead to routes only. */
  readonly redirect?: 'pass'
}

/** The operation whose schemas define what a client may send and gets: a key of `operations` in `<service>/schemas.json`. */
export interface RouteContract {
  readonly service: string
  readonly operation: string
}

/** A route with all its settings, as the steps use it. */
export interface Route extends ServiceDefaults {
  /**
   * Unique in a gateway: `<service>.<operation>`, without `/` in either part. Do not parse the id: service and operation are in
   * `contract` and `action`.
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
}

/**
 * A route as written in `routes.ts`: without the settings that it takes from its service and its client. An absent list is empty,
 * so a client may send only what is written here. `access` is required.
 */
export interface WrittenRoute
  extends Pick<Route, 'id' | 'method' | 'path' | 'access' | 'contract'>,
    Partial<ServiceDefaults> {
  /** Absent lists are empty, an absent `body` is `null`; other absent members have the client's value. */
  readonly request?: Partial<RequestPolicy>
  /** Absent `credentials`: the service's `sends`. */
  readonly action: Omit<CallAction, 'credentials'> & Partial<Pick<CallAction, 'credentials'>>
  /** Absent members have the service's value. */
  readonly answers: Partial<AnswerPolicy> & Pick<AnswerPolicy, 'statuses'>
}

// ---------------------------------------------------------------------------------------------- services

/** How the gateway authenticates to a service. Secrets are references to the environment, never literals. */
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
  /** Token exchange (RFC 8693): the caller's token is exchanged for one with this audience. */
  | {
      readonly kind: 'exchange'
      readonly tokenUrl: EnvText
      readonly clientId: EnvText
      readonly clientSecret: EnvText
      readonly scopes: readonly string[]
      readonly audience: EnvText
    }
  /** A short-lived JWT about the caller, signed by the gateway; services verify it with the gateway's JWKS. */
  | {
      readonly kind: 'identity'
      readonly issuer: EnvText
      readonly audience: EnvText
      /** PKCS #8 PEM of the signing key, EC P-256 or RSA. Keys after it are only published, for rotation. */
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

/** Limits for each endpoint of a service; what exceeds them is refused with 503. */
export interface Concurrency {
  /** Calls whose answer has not begun, or is read whole. */
  readonly max: number
  /** Calls that wait until one of those ends, and milliseconds that each may wait. */
  readonly queue: number
  readonly wait: number
  /** Answers that are passed on as they arrive. */
  readonly streams: number
}

export interface Service extends ServiceDefaults {
  /** Endpoints; each is scheme, authority and an optional base path. */
  readonly url: readonly EnvText[]
  readonly credentials: Readonly<Record<string, Credential>>
  /** Keys of `credentials`, applied in order to the calls of routes without `credentials`. Empty: nothing is sent. */
  readonly sends: readonly string[]
  readonly tls: MutualTls | null
  readonly concurrency: Concurrency
  /** Maximum bytes of an answer that is read whole. */
  readonly maxAnswer: number
  /** Hosts that redirects of routes with `redirect: 'pass'` may lead to (`words/redirectHosts.ts`). Absent: none. */
  readonly redirectHosts?: readonly EnvText[]
  /** What happens to answers of routes that do not set it. */
  readonly answers: AnswerDefaults
}

// ---------------------------------------------------------------------------------------------- the client

export type { Authenticator, Cors, EnvText, HeadLimits, JwtIssuer } from './clientData.ts'

export interface Client extends ClientDefaults {
  /** The manifest's name, for logs, realms and the pseudonym in `Via`; and the client's name. */
  readonly gateway: string
  readonly name: string
  readonly authenticators: Readonly<Record<string, Authenticator>>
  readonly cors: Cors | null
  /** Authorities (`host` or `host:port`) a request may name; `null`: any well-formed one. */
  readonly publicHosts: readonly EnvText[] | null
  /** CIDR ranges of proxies whose `X-Forwarded-*` is trusted. */
  readonly trustedProxies: readonly EnvText[]
  /** Whether the gateway starts if `NODE_TLS_REJECT_UNAUTHORIZED=0` switches off the verification of certificates. */
  readonly unverifiedTls: 'refuse' | 'allow'
  /** What clients see before the paths of routes, such as `/api`, in `Location` too; `null`: nothing, or what a trusted proxy says. */
  readonly basePath: string | null
  /** Whether the paths that the gateway gets begin with `basePath`. */
  readonly stripBasePath: boolean
  /** What stands before the gateway's own paths (`words/ownPaths.ts`); `null`: nothing. */
  readonly ownPath: string | null
  /** Maximum number of requests of one caller, or of one address without a credential, whose bodies have not arrived completely. */
  readonly unfinishedBodies: number
  /** Bytes of memory for verified tokens; at most a quarter of the heap is used. */
  readonly tokenCache: number
  /** Bytes that bodies and answers which are not passed on as they arrive may take together; `null`: a share of the heap's limit. */
  readonly maxHeld: number | null
  readonly head: HeadLimits
  /** Maximum bytes of a body on routes that do not set it. `files`: on routes that accept multipart or binary bodies. */
  readonly maxBody: { readonly plain: number; readonly files: number }
}

/** A gateway's data, with complete routes. */
export interface Gateway {
  readonly client: Client
  readonly routes: readonly Route[]
  readonly services: Readonly<Record<string, Service>>
  /** Folder that holds `<service>/schemas.json`. */
  readonly data: URL
}

/** All generated data, as `main.ts` passes it to `createGateway`. */
export interface WrittenGateway extends Omit<Gateway, 'routes'> {
  readonly routes: readonly WrittenRoute[]
}

// ---------------------------------------------------------------------------------------------- schemas.json

export type {
  AnswerSchemas,
  EncodingSchema,
  MediaSchema,
  OperationSchemas,
  ParameterSchema,
  ParameterStyle,
  Schema,
  ServiceSchemas,
} from './schemaData.ts'
