import type { OperationModel } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'

// A manifest while it is being made up: what is certain, and what somebody must decide.

/** What a client type proves itself with. */
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
  /** What goes with every call. Empty: nothing. */
  readonly credential: readonly JsonValue[]
  /** What goes with calls of clients whose callers have no token to pass on; `null`: the same. */
  readonly asGateway: readonly JsonValue[] | null
  /** Whether query parameters need a form that OpenAPI does not define. */
  readonly nestedQuery: boolean
  /** Questions about the credential. */
  readonly decisions: readonly string[]
  /** Operations that it serves, each with this service's id. */
  readonly operations: readonly OperationModel[]
  /** Operations of its document that another service serves. */
  readonly elsewhere: readonly OperationModel[]
}

/** One operation, in one client's `expose`. */
export interface EntryDraft {
  readonly operation: OperationModel
  readonly selector: string
  readonly options: JsonObject
  /** Questions about this entry, each by the option that answers it for now. */
  readonly decisions: Readonly<Record<string, string>>
}

/** An operation that no entry exposes, and why. */
export interface LeftOut {
  readonly operation: OperationModel
  readonly code: string
  readonly reason: string
}

export interface ClientDraft extends ClientWish {
  /** Key of the manifest's `authenticators`. */
  readonly authenticator: string
  readonly entries: readonly EntryDraft[]
  readonly leftOut: readonly LeftOut[]
}

export interface Draft {
  readonly name: string
  readonly services: readonly ServiceDraft[]
  readonly clients: readonly ClientDraft[]
  /** Documents, relative to the manifest, that describe no operations. */
  readonly idle: readonly string[]
}

/** Whether a text can be the default of a reference to the environment, and is not a template. */
export function isFallback(text: string): boolean {
  return !/[{}$\s]/.test(text)
}

/** `orders-v2` as the start of a variable's name: `ORDERS_V2`. */
export function variablePrefix(id: string): string {
  return id.toUpperCase().replaceAll('-', '_')
}
