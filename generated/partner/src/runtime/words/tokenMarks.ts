/** What stands in tokens of other kinds than access tokens (rule J4). Claims are compared exactly, uses in lower case. */

/** Claims of logout tokens and of all security event tokens (OpenID Connect Back-Channel Logout 1.0 section 2.4, RFC 8417 section 2.2). */
export const eventClaim = 'events'
/** Hashes of another token, of a code or of a state, in ID tokens only (OpenID Connect Core 1.0 section 3.3.2.11). */
export const hashClaims = ['at_hash', 'c_hash', 's_hash'] as const
/**
 * Claims that say what a token is for: `typ` of Keycloak, `token_use` of Cognito, `tokenName` of ForgeRock and Ping, `purpose` of Curity,
 * `tok_type` of Oracle, `token_type` of Simple JWT, `type` of Flask-JWT-Extended.
 */
export const useClaims = ['typ', 'token_use', 'tokenName', 'purpose', 'tok_type', 'token_type', 'type'] as const

/** What `otherUse` says of a token that requires proof of possession (RFC 9449). */
export const boundToKey = 'bound to a key'

/** Without `token` or `jwt` at their end. */
const otherUses: ReadonlyMap<string, string> = new Map([
  ['id', 'an ID token'],
  ['logout', 'a logout token'],
  ['refresh', 'a refresh token'],
  ['dpop', boundToKey],
])
/** Words that say something else in other claims. */
const usesOf: Readonly<Partial<Record<string, ReadonlyMap<string, string>>>> = {
  typ: new Map([
    ['serialized-id', 'an ID token'],
    ['offline', 'a refresh token'],
    ['initialaccess', 'a token for the registration of clients'],
    ['registrationaccess', 'a token for the registration of clients'],
  ]),
  tok_type: new Map([
    ['it', 'an ID token'],
    ['rt', 'a refresh token'],
  ]),
}
/** Characters. */
const longestUse = 40

/** Why a token whose claim `claim`, one of `useClaims`, has this value is not an access token for anyone who has it; `undefined`: it may be. */
export function otherUse(claim: string, value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > longestUse) return undefined
  const word = value
    .trim()
    .toLowerCase()
    .replace(/[ _+-]*(?:token|jwt)$/, '')
  return otherUses.get(word) ?? usesOf[claim]?.get(word)
}

/**
 * Whether these are claims of a refresh token of UAA (Cloud Foundry, SAP), which has the audience of the access tokens and no claim that
 * says what it is for.
 */
export function isRefreshOfUaa({ jti, granted_scopes }: Readonly<Record<string, unknown>>): boolean {
  return granted_scopes !== undefined && typeof jti === 'string' && jti.endsWith('-r')
}

/** Claims that ID tokens have as well (RFC 7519 section 4.1, OpenID Connect Core 1.0 sections 2 and 5.1, Front-Channel Logout 1.0 section 3), and those of Entra ID and Cognito. */
const sharedClaims: ReadonlySet<string> = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'azp', 'client_id', 'appid', 'cid'],
  ...['auth_time', 'acr', 'amr', 'sid'],
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture'],
  ...['website', 'email', 'email_verified', 'gender', 'birthdate', 'zoneinfo', 'locale', 'phone_number'],
  ...['phone_number_verified', 'address', 'updated_at', 'groups', 'roles'],
  ...['ver', 'tid', 'oid', 'idp', 'upn', 'unique_name', 'uti', 'rh', 'ipaddr', 'hasgroups', 'wids'],
  ...[
    'cognito:groups',
    'cognito:roles',
    'cognito:preferred_role',
    'cognito:username',
    'username',
    'origin_jti',
    'event_id',
  ],
])

/**
 * Why a claim with these texts does not tell an access token of an issuer from its other tokens; `null`: it may. A mark that only
 * other tokens have is refused as well: such tokens are refused whatever else they say.
 */
export function accessMarkFault(claim: readonly string[], texts: readonly string[]): string | null {
  const [name = ''] = claim
  if (claim.length === 0 || texts.length === 0 || texts.includes('')) return 'has no name or no text'
  if (name === eventClaim || name === 'nonce' || hashClaims.some((one) => one === name))
    return 'stands in other tokens only'
  if (sharedClaims.has(name)) return 'stands in ID tokens too'
  const isUse = useClaims.some((one) => one === name)
  return isUse && texts.some((text) => otherUse(name, text) !== undefined) ? 'stands in other tokens only' : null
}
