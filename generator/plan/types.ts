import type {
  AnswerPolicy,
  Client,
  Route,
  Service,
  ServiceSchemas,
  WrittenRoute,
} from '../../templates/runtime/vocabulary.ts'
import type { JsonObject } from '../read/types.ts'

// All decisions, per client, in the types of the emitted gateway (templates/runtime/vocabulary.ts). emit/ only prints them.

export interface RoutePlan {
  readonly route: Route
  /** The route as `routes.ts` contains it. */
  readonly written: WrittenRoute
  /** `orders/openapi.yaml > GET /orders/{orderId}`. */
  readonly comment: string
  readonly summary: string | null
  readonly deprecated: boolean
}

export interface ServicePlan {
  readonly id: string
  readonly title: string
  readonly service: Service
  /** Contents of `<service>/schemas.json`. */
  readonly schemas: ServiceSchemas
  /** Makes an OpenAPI 3.1 document with only what the client reaches, with its examples; names as in `schemas.schemas`. */
  document(): JsonObject
}

/** One row of ACCESS.md and of access.json, which has the same content for programs. */
export interface AccessRow {
  readonly id: string
  readonly method: string
  readonly path: string
  /** Authenticators that may establish the caller; empty for a public route. */
  readonly authenticators: readonly string[]
  readonly rule: Route['access']
  /** The rule in words: `scope orders:read; customerId is the caller's sub`. */
  readonly who: string
  readonly decidedBy: 'spec' | 'manifest' | 'spec + manifest' | 'override'
  readonly override: { readonly because: string; readonly weakerThan: string } | null
  readonly binds: readonly { readonly input: string; readonly claim: string }[]
  readonly owns: readonly { readonly parameter: string; readonly claim: string }[]
  /** Id-like path parameters that no `own`, `bind` or `when` uses. Empty for a public route. */
  readonly unchecked: readonly string[]
  /** Credentials that are sent to the service, in words. */
  readonly sends: readonly string[]
  /** Operations reached: `orders.getOrder`. */
  readonly reaches: readonly string[]
  /** Path templates of other operations of the service, which values of the route's parameters may not make. Absent: none. */
  readonly reserved?: readonly string[]
  /** Path parameters whose values may contain an encoded slash. Absent: none. */
  readonly encodedSlash?: readonly string[]
  /** Where redirects may lead that are not paths of routes. Absent: nowhere. */
  readonly redirectHosts?: readonly string[]
  /** How answers of the service are treated, with what the route takes from its service. */
  readonly answers: Omit<AnswerPolicy, 'statuses'>
  /** Parts of answers that pass as the service sends them, or whose members the spec does not describe. */
  readonly unshaped: readonly UnshapedPart[]
  /** What happens to undeclared members of bodies; `null`: the schemas of the bodies leave no room for any. */
  readonly undeclaredBody: Route['undeclaredBody'] | null
  /** Whether the schemas of the bodies declare members of any name, or the bodies are not read (XML). */
  readonly freeBody: boolean
}

/** A part of a route's answers that reaches clients without being reduced to what the spec declares. */
export interface UnshapedPart {
  /** The documented status and a pointer into the answer, with `*` for any member or item: `/200/details`. */
  readonly at: string
  /** What passes, in words. */
  readonly passes: string
  /** The reason of `open` in the manifest; `null`: none is written. */
  readonly because: string | null
}

/**
 * Whom a gateway believes, and whom it answers: the section "Who is believed" of ACCESS.md, and `trust` of access.json. Texts may refer to the
 * environment, as in `client.ts`.
 */
export interface Trust
  extends Pick<Client, 'authenticators' | 'cors' | 'publicHosts' | 'trustedProxies' | 'unverifiedTls'> {
  /** Whether the client belongs to the same organisation. */
  readonly audience: 'internal' | 'external'
}

/** A variable that the running gateway reads. */
export interface VariableRow {
  readonly name: string
  /** `null`: required. */
  readonly fallback: string | null
  /** `services.orders.url`, ... */
  readonly usedBy: readonly string[]
  /** The same without the names of services, authenticators and clients: `services.url`. Each once, in code-unit order. */
  readonly settings: readonly string[]
}

/** An exposed operation that was left out (`--skip-unsupported`). */
export interface SkippedOperation {
  readonly reference: string
  readonly reason: string
  readonly code: string
}

/** What a named type of `client.d.ts` is the type of. */
export type TypeSource =
  | {
      readonly kind: 'schema'
      /** Its name in the contract: `clinic.Patient`. */
      readonly schema: string
      /** Which members it has: those of answers, those of requests, or all, as both have the same. */
      readonly members: 'answer' | 'request' | 'all'
    }
  | { readonly kind: 'body'; readonly operation: string; readonly mediaType: string }
  | { readonly kind: 'answer'; readonly operation: string; readonly mediaType: string; readonly status: string }

/** A type of `client.d.ts` with a name of its own. */
export interface NamedType {
  /** An identifier in PascalCase, such as `Patient`; no two types of a client have the same. */
  readonly name: string
  readonly source: TypeSource
  /**
   * The short name, if another schema or operation would have it or it is taken already, and those others. `null`: `name` is
   * the short one.
   */
  readonly instead: { readonly of: string; readonly others: readonly string[] } | null
}

export interface ClientPlan {
  readonly id: string
  readonly gateway: string
  readonly title: string
  readonly client: Client
  /** By path, then method, in code-unit order. */
  readonly routes: readonly RoutePlan[]
  /** By id; only services that a route reaches. */
  readonly services: readonly ServicePlan[]
  /** `openapi.json`: the exact contract of this gateway for this client, OpenAPI 3.1. */
  readonly contract: JsonObject
  /** The named types of the contract's schemas, and of bodies and answers without a named one, in code-unit order of service and name. */
  readonly types: readonly NamedType[]
  readonly access: readonly AccessRow[]
  readonly trust: Trust
  readonly variables: readonly VariableRow[]
  readonly skipped: readonly SkippedOperation[]
}

export interface Plan {
  /** In code-unit order of id. */
  readonly clients: readonly ClientPlan[]
}

export interface PlanOptions {
  /** Leave out and report operations that cannot be served, instead of failing. */
  readonly skipUnsupported: boolean
}
