import {
  claimPath,
  claimTexts,
  defined,
  envText,
  envTexts,
  placedText,
  placedTexts,
  wholeSeconds,
  word,
} from './parsers.ts'
import { optional, required, setting } from './row.ts'

const levels = ['authenticator'] as const

/** The settings of an issuer of tokens: of an authenticator of type `jwt`, or of one of its `issuers`. */
export const issuerSettings = {
  issuer: required({
    levels,
    value: envText(),
    empty: '',
    example: 'https://id.example',
    description: 'Exact `iss` of its tokens.',
  }),
  audience: required({
    levels,
    value: envTexts(defined('audience')),
    empty: [],
    example: 'shop',
    description:
      'Audiences of which a token must name one; one text or a list. `none`, for issuers whose access tokens have no `aud`: tokens with an `aud` are refused, and `clientIds` must be written.',
  }),
  clientIds: setting({
    levels,
    value: envTexts(defined('clientIds')),
    default: [],
    text: 'any',
    example: ['shop-web'],
    description:
      'Clients whose tokens are accepted. `azp` and `client_id` of a token, and with an `audience` also `cid` and `appid`, must name them.',
  }),
  jwks: optional({
    levels,
    value: envText(),
    otherwise: 'found by discovery',
    example: 'https://id.example/keys',
    description: 'Address of its keys.',
  }),
  /** Asymmetric only (RFC 8725 section 3.2, rule J1): none of them needs a shared secret. */
  algorithms: setting({
    levels,
    value: placedTexts(defined('algorithms')),
    default: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    example: ['ES256'],
    description: 'Accepted signature algorithms.',
  }),
  typ: setting({
    levels,
    value: word('at+jwt', 'jwt'),
    default: 'at+jwt',
    example: 'jwt',
    description:
      'Accepted `typ` header of a token: `at+jwt` (RFC 9068), or `jwt` for issuers that do not mark access tokens.',
  }),
  accessMarks: setting({
    levels,
    value: claimTexts(defined('accessMarks')),
    default: {},
    text: 'none',
    example: { idtyp: 'app' },
    description:
      'Claims that mark an access token of this issuer, each with its text or texts, such as `{ idtyp: app }`. A token whose `aud` is its own client, as ID tokens are, needs a mark: header `typ: at+jwt`, a claim `typ: Bearer`, `token_use: access` or `gty: client-credentials`, a `scope` or `scp` that is not empty, or one of these.',
  }),
  scopes: setting({
    levels,
    value: claimPath(defined('scopesClaim')),
    default: 'scope',
    example: 'scp',
    description:
      'Path of the claim that holds the scopes, as one text with spaces or as a list of texts; `null`: this issuer gives none.',
  }),
  roles: optional({
    levels,
    value: claimPath(defined('rolesClaim')),
    otherwise: 'none',
    example: 'realm_access.roles',
    description: 'Path of the claim that holds the roles, as a list of texts or as one.',
  }),
  clockSkew: setting({
    levels,
    value: wholeSeconds,
    default: '30s',
    example: '5s',
    description: 'How far clocks may differ.',
  }),
  maxAge: optional({
    levels,
    value: wholeSeconds,
    otherwise: 'any age',
    example: '1h',
    description: 'How old a token may be, counted from its `iat`, whatever its `exp` says.',
  }),
}

/** The settings of an authenticator of type `api-key`. */
export const apiKeySettings = {
  in: setting({
    levels,
    value: placedText({ enum: ['header'] }),
    default: 'header',
    example: 'header',
    description: 'Where the key stands. Only headers: addresses end up in logs.',
  }),
  name: setting({
    levels,
    value: placedText(defined('fieldName')),
    default: 'X-API-Key',
    example: 'X-Api-Key',
    description: 'Name of the header.',
  }),
  keys: required({
    levels,
    value: envText(defined('keySource')),
    empty: '',
    example: '${PARTNER_KEYS}',
    description: "The keys' records: a JSON array in a variable, `${NAME}`, or `file:` and the path of one.",
  }),
  pepper: setting({
    levels,
    value: envText(defined('secret')),
    default: '${API_KEY_PEPPER}',
    example: '${PARTNER_PEPPER}',
    description: 'Secret of the HMAC that hashes keys.',
  }),
}
