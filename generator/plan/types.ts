import type { Client, Route, Service, ServiceSchemas, WrittenRoute } from '../../templates/runtime/vocabulary.ts'
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
  /** Answers that pass unprojected: `undeclared: pass`, no schema, or not JSON. */
  readonly unshaped: boolean
  /** Whether they may be streams, whose events or lines are not read. Absent: no. */
  readonly streams?: true
  /** What happens to undeclared members of bodies; `null`: the schemas of the bodies leave no room for any. */
  readonly undeclaredBody: Route['undeclaredBody'] | null
  /** Whether the schemas of the bodies declare members of any name, or the bodies are not read (XML). */
  readonly freeBody: boolean
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
  /** The named types of the contract's schemas, and of bodies and answers without a named one, in code-unit order of name. */
  readonly types: readonly NamedType[]
  readonly access: readonly AccessRow[]
  readonly variables: readonly VariableRow[]
  readonly skipped: readonly SkippedOperation[]
  /** Sorted ids of the services whose operations the client exposes. The emitted files depend on their documents. */
  readonly sources: readonly string[]
}

export interface Plan {
  /** In code-unit order of id. */
  readonly clients: readonly ClientPlan[]
}

export interface PlanOptions {
  /** Leave out and report operations that cannot be served, instead of failing. */
  readonly skipUnsupported: boolean
}
