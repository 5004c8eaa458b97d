// The types of the parts of `client.ts`.

/**
 * Text that may refer to the environment of the running gateway: `${NAME}` (required) or `${NAME:-default}`.
 * Resolved once, at start. A literal `$` before `{` is written `$${`.
 */
export type EnvText = string

export interface JwtIssuer {
  /** Exact `iss`. */
  readonly issuer: EnvText
  /** One of these must be in `aud`. `null`: tokens must have no `aud`, and be of one of `clientIds`, which is then not empty. */
  readonly audience: readonly EnvText[] | null
  /** One of these must be the client of a token (`azp`, `client_id`, `cid`, `appid`); empty: any client. */
  readonly clientIds: readonly EnvText[]
  /** JWKS address; `null`: found by discovery (OpenID Connect Discovery 1.0, then RFC 8414). */
  readonly jwks: EnvText | null
  readonly algorithms: readonly string[]
  /** Accepted `typ` header: `at+jwt` (RFC 9068), or `jwt` for issuers that do not mark access tokens. */
  readonly type: 'at+jwt' | 'jwt'
  /** Claims that mark an access token of this issuer if they have one of the texts, besides the marks of rule J4. */
  readonly accessMarks: readonly { readonly claim: readonly string[]; readonly texts: readonly string[] }[]
  /**
   * Claim paths. `null`: tokens of this issuer have none. Scopes are one space-separated string, or a list of strings. Roles are a
   * list of strings, or one string.
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

/** Limits of the head of a request: what the contract needs, within the ceilings of the manifest (rules P6, P11). */
export interface HeadLimits {
  /** Bytes of the request target, and of its path alone. */
  readonly target: number
  readonly path: number
  /** Pairs of a name and a value in the query. */
  readonly queryPairs: number
  /** Bytes of all header fields. */
  readonly fields: number
  /** Bytes of `Cookie`. */
  readonly cookie: number
}
