/** Who is calling, as an authenticator established it. */
export interface Principal {
  /** Key of the client's `authenticators`. */
  readonly authenticator: string
  /** `iss` of a token; the gateway's name for keys. A user is `issuer` and `subject` together. */
  readonly issuer: string
  readonly subject: string
  readonly scopes: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
  readonly claims: Readonly<Record<string, unknown>>
  /** The bearer token as received, for the credential `principal`; `null` for keys. */
  readonly token: string | null
  /** Seconds since the epoch; `null`: never. */
  readonly expires: number | null
}
