import type { OperationModel } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'

// A draft of a manifest: what follows from the documents, and what the user must decide.

/** Why the document alone does not decide who may call an operation (`causes.ts`). */
export type Cause = 'internal' | 'service-key' | 'any-caller' | 'open' | 'optional'

/** A client type, and how it authenticates. */
export interface ClientWish {
  readonly id: string
  readonly kind: 'jwt' | 'api-key'
  readonly external: boolean
}

/** What the references of a document lead to outside the manifest's folder. */
export interface Refs {
  /** Folders and files, relative to the manifest. */
  readonly places: readonly string[]
  /** Whether one of them is neither the document's own folder nor below it. */
  readonly climb: boolean
}

export interface ServiceDraft {
  readonly id: string
  /** Relative to the manifest. */
  readonly spec: string
  readonly refs: Refs
  readonly title: string
  readonly url: { readonly text: string; readonly decision: string | null }
  readonly security: Readonly<Record<string, 'principal' | 'service'>>
  /** Schemes whose requirements list roles; those of OAuth list scopes. */
  readonly roleSchemes: readonly string[]
  /**
   * Operations, by their references, with credentials of the gateway that are not sent to others. `asks`: whether they
   * require a caller as well.
   */
  readonly apart: ReadonlyMap<string, { readonly asks: boolean; readonly own: readonly JsonValue[] }>
  /** The credentials of every call; may be empty. */
  readonly credential: readonly JsonValue[]
  /** The credentials of calls for clients whose callers have no token; `null`: the same as `credential`. */
  readonly asGateway: readonly JsonValue[] | null
  /** Open questions about `asGateway`. */
  readonly asGatewayDecisions: readonly string[]
  /** Whether query parameters need a form that OpenAPI does not define (`nestedQuery`). */
  readonly nestedQuery: boolean
  /** Open questions about the credential. */
  readonly decisions: readonly string[]
  /** Facts about the credential that ask for nothing. */
  readonly remarks: readonly string[]
  /** Operations of this service, each with this service's id. */
  readonly operations: readonly OperationModel[]
  /** Operations of its document that belong to another service. */
  readonly elsewhere: readonly OperationModel[]
}

/** One operation, in one client's `expose`. */
export interface EntryDraft {
  readonly operation: OperationModel
  readonly selector: string
  /** Without `access`, which `cause` decides. */
  readonly options: JsonObject
  /** Why the document does not decide who may call. Operations of one cause share a rule. `null`: it decides. */
  readonly cause: Cause | null
  /** What marks the operation as an internal of its service. */
  readonly mark: string | null
  /** Open questions about this entry, by the option that has the assumed answer. The same for entries of one cause. */
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

/** Where access tokens come from. */
export interface IssuerDraft {
  /** The exact `iss` of its tokens. */
  readonly address: string
  /** The address of its keys; `null`: a gateway finds it by discovery. */
  readonly jwks: string | null
  /** Algorithms that it signs with; empty: unknown. */
  readonly algorithms: readonly string[]
  /** Scopes that its metadata names, without those that every OpenID provider has. */
  readonly scopes: readonly string[]
}

export interface Draft {
  readonly name: string
  /** `null`: only a variable of the environment names it. */
  readonly issuer: IssuerDraft | null
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
