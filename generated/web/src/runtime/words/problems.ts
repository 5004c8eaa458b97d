import type { Reason, Reasoned } from './reasons.ts'

/**
 * The closed catalogue of problems (RFC 9457) that a gateway answers with instead of a service's data. A problem never contains
 * data of a service: no host, path, header or body.
 */
export const catalogue = {
  'malformed-request': { status: 400, title: 'The request is not well-formed' },
  'invalid-request': { status: 400, title: 'The request does not fit the contract' },
  unauthenticated: { status: 401, title: 'The request needs a valid credential' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  'insufficient-scope': { status: 403, title: 'The credential lacks a scope that this needs' },
  'not-found': { status: 404, title: 'No route has this path' },
  'method-not-allowed': { status: 405, title: 'The path does not have this method' },
  'not-acceptable': { status: 406, title: 'None of the accepted media types is available' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'content-too-large': { status: 413, title: 'The body is larger than allowed' },
  'uri-too-long': { status: 414, title: 'The address is longer than allowed' },
  'unsupported-media-type': { status: 415, title: 'The media type of the body is not accepted' },
  'misdirected-request': { status: 421, title: 'The gateway does not serve this host' },
  'too-many-requests': { status: 429, title: 'Too many attempts; try again later' },
  'too-many-streams': { status: 429, title: 'Too many answers to the caller are still open' },
  'upgrade-not-supported': { status: 400, title: 'The connection cannot be upgraded here' },
  'headers-too-large': { status: 431, title: 'The header fields are larger than allowed' },
  /** A service refused the request. The status is the service's (4xx), the text is the gateway's. */
  refused: { status: 400, title: 'The request was refused' },
  internal: { status: 500, title: 'The gateway failed' },
  'bad-gateway': { status: 502, title: 'A service did not answer properly' },
  unavailable: { status: 503, title: 'The route is not available right now' },
  'gateway-timeout': { status: 504, title: 'A service did not answer in time' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>

export type ProblemName = keyof typeof catalogue

/** A fault at one place of a request. */
export interface Fault {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body'
  /** RFC 6901 pointer into a body, or the parameter's name. */
  readonly pointer: string
  /** What is wrong. Never contains the value that was sent. */
  readonly detail: string
}

export interface Problem {
  readonly kind: 'problem'
  readonly name: ProblemName
  /** Differs from the catalogue's only for `refused`. */
  readonly status: number
  readonly errors: readonly Fault[]
  /** Extra response headers such as `WWW-Authenticate`, `Allow`, `Retry-After`. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Whether the connection must be closed after the answer. */
  readonly close: boolean
  /** Why, for the access log; it is never sent. `null`: the name says it. */
  readonly reason: Reason | null
  /**
   * What the reason is about, for the access log: names of scopes, claims, headers and parameters, ids of keys, codes, statuses, conditions of the manifest; never
   * the value of a claim, a secret or a token. It is never sent.
   */
  readonly detail: string | null
}

const none: readonly never[] = Object.freeze([])
const noHeaders: Readonly<Record<string, string>> = Object.freeze({})

interface More {
  readonly errors?: readonly Fault[]
  readonly headers?: Readonly<Record<string, string>>
  readonly close?: boolean
  readonly status?: number
}

interface Explained<Name extends Reasoned> extends More {
  readonly reason: Reason<Name>
  readonly detail?: string
}

/** Makes a problem of the catalogue. One that has reasons (`words/reasons.ts`) must have one of them. */
export function problem<Name extends Reasoned>(name: Name, more: Explained<Name>): Problem
export function problem(name: Exclude<ProblemName, Reasoned>, more?: More): Problem
export function problem(
  name: ProblemName,
  more: More & { readonly reason?: Reason; readonly detail?: string } = {},
): Problem {
  return {
    kind: 'problem',
    name,
    status: more.status ?? catalogue[name].status,
    errors: more.errors ?? none,
    headers: more.headers ?? noHeaders,
    close: more.close ?? false,
    reason: more.reason ?? null,
    detail: more.detail ?? null,
  }
}
