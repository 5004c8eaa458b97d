import type { OperationModel } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'

// A draft of a manifest: what follows from the documents, and what the user must decide.

/** A client type, and how it authenticates. */
export interface ClientWish {
  readonly id: string
  readonly kind: 'jwt' | 'api-key'
  readonly external: boolean
}

export interface ServiceDraft {
  readonly id: string
  /** Relative to the manifest. */
  readonly spec: string
  readonly refs: readonly string[]
  readonly title: string
  readonly url: { readonly text: string; readonly decision: string | null }
  readonly security: Readonly<Record<string, 'principal' | 'service'>>
  /** The credentials of every call; may be empty. */
  readonly credential: readonly JsonValue[]
  /** The credentials of calls for clients whose callers have no token; `null`: the same as `credential`. */
  readonly asGateway: readonly JsonValue[] | null
  /** Whether query parameters need a form that OpenAPI does not define (`nestedQuery`). */
  readonly nestedQuery: boolean
  /** Open questions about the credential. */
  readonly decisions: readonly string[]
  /** Operations of this service, each with this service's id. */
  readonly operations: readonly OperationModel[]
  /** Operations of its document that belong to another service. */
  readonly elsewhere: readonly OperationModel[]
}

/** One operation, in one client's `expose`. */
export interface EntryDraft {
  readonly operation: OperationModel
  readonly selector: string
  readonly options: JsonObject
  /** Open questions about this entry, by the option that has the assumed answer. */
  readonly decisions: Readonly<Record<string, string>>
}

/** An operation that no entry exposes, and why. */
export interface LeftOut {
  readonly operation: OperationModel
  readonly code: string
  readonly reason: string
}

export interface ClientDraft extends ClientWish {
  /** A key in `authenticators` of the manifest. */
  readonly authenticator: string
  readonly entries: readonly EntryDraft[]
  readonly leftOut: readonly LeftOut[]
}

export interface Draft {
  readonly name: string
  readonly services: readonly ServiceDraft[]
  readonly clients: readonly ClientDraft[]
  /** Documents without operations, relative to the manifest. */
  readonly idle: readonly string[]
}

/** Whether a text can be the default in a reference to the environment, and is not a template. */
export function isFallback(text: string): boolean {
  return !/[{}$\s]/.test(text)
}

/** The prefix of variable names for an id: `ORDERS_V2` for `orders-v2`. */
export function variablePrefix(id: string): string {
  return id.toUpperCase().replaceAll('-', '_')
}
