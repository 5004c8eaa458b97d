/** The authenticated caller. */
export interface Principal {
  /** Key of the client's `authenticators`. */
  readonly authenticator: string
  /** `iss` of a token; for API keys the gateway's name. `issuer` and `subject` together identify a user. */
  readonly issuer: string
  readonly subject: string
  readonly scopes: ReadonlySet<string>
  readonly roles: ReadonlySet<string>
  readonly claims: Readonly<Record<string, unknown>>
  /** The bearer token as received, for the credential `principal`; `null` for API keys. */
  readonly token: string | null
  /** Seconds since the epoch; `null`: never. */
  readonly expires: number | null
}
