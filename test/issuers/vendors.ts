/** A token as an issuer makes it, without the claims that every token has (`iss`, `iat`, `exp`). */
export interface VendorToken {
  /** The header `typ`; `undefined`: none. */
  readonly typ: string | undefined
  readonly claims: Readonly<Record<string, unknown>>
}

/** What an issuer puts into its tokens, as its documentation describes it. */
export interface Vendor {
  /** Heading of the recipe in docs/issuers.md. */
  readonly recipe: string
  /** What follows the address of the issuer in its `iss`. */
  readonly suffix: string
  readonly env: Readonly<Record<string, string>>
  /** A scope of the API, as the issuer writes it. */
  readonly scope: string
  /** Access tokens with the scope and the role `support`, unless the name says otherwise. */
  readonly accepted: Readonly<Record<string, VendorToken>>
  readonly refused: Readonly<Record<string, VendorToken>>
}

const jwt = (claims: object): VendorToken => ({ typ: 'JWT', claims: { ...claims } })
const untyped = (claims: object): VendorToken => ({ typ: undefined, claims: { ...claims } })
const marked = (claims: object): VendorToken => ({ typ: 'at+jwt', claims: { ...claims } })

const web = '11111111-aaaa-4aaa-8aaa-111111111111'
const job = '22222222-bbbb-4bbb-8bbb-222222222222'

// Keycloak: the access token has `typ: Bearer`, and until version 24 the nonce of the login.
const keycloak = {
  ...{ auth_time: 1, jti: 'onrtac:1', sub: '6c3f', typ: 'Bearer', azp: 'shop-web', sid: 's-1', acr: '1' },
  aud: ['shop-api', 'account'],
  'allowed-origins': ['https://shop.example'],
  realm_access: { roles: ['support', 'offline_access'] },
  resource_access: { account: { roles: ['view-profile'] } },
  ...{ scope: 'openid  profile orders:read', email_verified: true, preferred_username: 'ada' },
}

// Entra ID: an ID token has no `azp`, and is for the application that shows it.
const entra = { aio: 'A', idp: 'https://sts.windows.net/t/', oid: 'o-1', rh: '0.A', tid: 't', uti: 'u', ver: '2.0' }
const entraUser = { ...entra, aud: web, azp: web, azpacr: '0', name: 'Ada', scp: 'Orders.Read openid', sub: 'pairwise' }
const entraDaemon = { ...entra, aud: web, azp: job, azpacr: '1', sub: 'o-1', roles: ['support'] }
const entraId = { ...entra, aud: web, name: 'Ada', preferred_username: 'ada@shop.example', sub: 'pairwise' }

const entra1 = { aio: 'A', oid: 'o-1', rh: '0.A', tid: 't', uti: 'u', ver: '1.0', aud: `api://${web}` }
const entra1User = { ...entra1, acr: '1', amr: ['pwd'], appid: web, appidacr: '0', scp: 'Orders.Read', sub: 'pairwise' }

const auth0 = { sub: 'auth0|1', aud: ['https://api.shop.example', 'https://shop.eu.auth0.com/userinfo'] }
const auth0User = {
  ...{ ...auth0, azp: 'K1AUPh', scope: 'openid profile', permissions: ['orders:read', 'orders:write'] },
  'https://shop.example/roles': ['support'],
}

const okta = { ver: 1, jti: 'AT.1', aud: 'api://shop', cid: '0oa1', sub: 'ada@shop.example' }
const oktaUser = { ...okta, uid: '00u1', scp: ['openid', 'orders:read'], auth_time: 1, groups: ['Everyone', 'support'] }
const oktaId = { ver: 1, jti: 'ID.1', amr: ['pwd'], idp: '00o1', auth_time: 1, sub: '00u1', name: 'Ada' }

const cognito = {
  ...{
    sub: 'aaaa',
    client_id: 'webclient',
    origin_jti: 'o',
    event_id: 'e',
    token_use: 'access',
    auth_time: 1,
    version: 2,
  },
  ...{ scope: 'openid shop/orders.read', jti: 'j', username: 'ada', 'cognito:groups': ['support'] },
}
const cognitoId = {
  sub: 'aaaa',
  aud: 'webclient',
  token_use: 'id',
  'cognito:username': 'ada',
  'cognito:groups': ['support'],
}

const duende = {
  ...{ nbf: 1, sub: '818727', client_id: 'shop-web', auth_time: 1, idp: 'local', jti: 'J', sid: 'S', amr: ['pwd'] },
  ...{ scope: ['openid', 'orders:read', 'offline_access'], role: 'support' },
}
const duendeId = { nbf: 1, sub: '818727', aud: 'shop-web', auth_time: 1, idp: 'local', sid: 'S', amr: ['pwd'] }

const spring = { sub: 'ada', aud: 'shop-web', nbf: 1, jti: 'j' }

export const vendors: readonly Vendor[] = [
  {
    recipe: 'Keycloak',
    suffix: '/realms/shop',
    env: {},
    scope: 'orders:read',
    accepted: {
      'an access token': jwt(keycloak),
      'an access token with the nonce of the login': jwt({ ...keycloak, nonce: 'n' }),
      'an access token whose client is the API': jwt({ ...keycloak, azp: 'shop-api', aud: 'shop-api' }),
      'an access token of a service account': jwt({ ...keycloak, azp: 'job', client_id: 'job', sid: undefined }),
      'an access token with the header type at+jwt': marked(keycloak),
    },
    refused: {
      'an ID token': jwt({ ...keycloak, typ: 'ID', aud: ['shop-web', 'shop-api'], at_hash: 'h', nonce: 'n' }),
      'an ID token without hash and nonce': jwt({ ...keycloak, typ: 'ID' }),
      'a refresh token': jwt({ ...keycloak, typ: 'Refresh' }),
      'an offline token': jwt({ ...keycloak, typ: 'Offline' }),
      'a logout token': jwt({
        ...keycloak,
        typ: 'Logout',
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      }),
      'an access token without an audience mapper': jwt({ ...keycloak, aud: 'account' }),
      'an access token without an audience': jwt({ ...keycloak, aud: undefined }),
    },
  },
  {
    recipe: 'Entra ID, version 2.0',
    suffix: '/t/v2.0',
    env: { ENTRA_API_ID: web, ENTRA_WEB_ID: web, ENTRA_JOB_ID: job },
    scope: 'Orders.Read',
    accepted: {
      'the access token of a user, of one registration for all': jwt({ ...entraUser, roles: ['support'] }),
      'the access token of a daemon, without scope': jwt(entraDaemon),
      'the access token of a daemon for itself, without scope': jwt({ ...entraDaemon, azp: web, azpacr: '2' }),
      'the access token of a user, without role': jwt(entraUser),
    },
    refused: {
      'an ID token': jwt({ ...entraId, nonce: 'n' }),
      'an ID token without a nonce': jwt({ ...entraId, roles: ['support'] }),
      'an ID token of the hybrid flow': jwt({ ...entraId, c_hash: 'c', at_hash: 'h' }),
      'a token without a mark of its client': jwt({ ...entraDaemon, azp: web, azpacr: '0' }),
      'a token of another client': jwt({ ...entraUser, azp: 'other' }),
      'a token for another API': jwt({ ...entraUser, aud: '00000003-0000-0000-c000-000000000000' }),
    },
  },
  {
    recipe: 'Entra ID, version 1.0',
    suffix: '/t/',
    env: { ENTRA_API_URI: `api://${web}`, ENTRA_WEB_ID: web, ENTRA_JOB_ID: job },
    scope: 'Orders.Read',
    accepted: {
      'the access token of a user': jwt({ ...entra1User, roles: ['support'] }),
      'the access token of a daemon, without scope': jwt({
        ...entra1,
        appid: job,
        appidacr: '1',
        sub: 'o-1',
        roles: ['support'],
      }),
    },
    refused: {
      'an ID token': jwt({ ...entra1, aud: web, amr: ['pwd'], nonce: 'n', sub: 'pairwise', unique_name: 'ada' }),
      'an ID token for the URI of the API': jwt({ ...entra1, amr: ['pwd'], sub: 'pairwise', unique_name: 'ada' }),
      'a token of another client': jwt({ ...entra1User, appid: 'other' }),
    },
  },
  {
    recipe: 'Auth0',
    suffix: '/',
    env: {},
    scope: 'orders:read',
    accepted: {
      'an access token': jwt(auth0User),
      'an access token of the RFC 9068 profile': marked({
        ...auth0User,
        azp: undefined,
        client_id: 'K1AUPh',
        jti: 'j',
      }),
      'the access token of a machine, without role': jwt({
        ...{ sub: 'K1AUPh@clients', aud: 'https://api.shop.example', azp: 'K1AUPh' },
        ...{ gty: 'client-credentials', permissions: ['orders:read'] },
      }),
      'a token without permissions, without scope': jwt({ ...auth0User, permissions: [] }),
    },
    refused: {
      'an ID token': jwt({ sub: 'auth0|1', aud: 'K1AUPh', nonce: 'n', sid: 's', name: 'Ada' }),
      'an ID token with a nonce for the API': jwt({ ...auth0, nonce: 'n' }),
      'an ID token for the API and its client': jwt({
        sub: 'auth0|1',
        aud: ['https://api.shop.example', 'K1AUPh'],
        azp: 'K1AUPh',
      }),
      'a token for userinfo alone': jwt({ ...auth0User, aud: 'https://shop.eu.auth0.com/userinfo' }),
    },
  },
  {
    recipe: 'Okta',
    suffix: '/oauth2/default',
    env: {},
    scope: 'orders:read',
    accepted: {
      'an access token': untyped(oktaUser),
      'the access token of a machine, without role': untyped({ ...okta, sub: '0oa1', scp: ['orders:read'] }),
    },
    refused: {
      'an ID token': untyped({ ...oktaId, aud: '0oa1', at_hash: 'h', nonce: 'n' }),
      'an ID token with a hash for the API': untyped({ ...oktaId, aud: 'api://shop', at_hash: 'h' }),
      'an access token of the org authorization server': { typ: 'application/okta-internal-at+jwt', claims: oktaUser },
    },
  },
  {
    recipe: 'Cognito',
    suffix: '/eu-central-1_1',
    env: { COGNITO_WEB_CLIENT: 'webclient', COGNITO_JOB_CLIENT: 'jobclient' },
    scope: 'shop/orders.read',
    accepted: {
      'an access token': untyped(cognito),
      'the access token of a machine, without role': untyped({
        ...{ sub: 'jobclient', client_id: 'jobclient', token_use: 'access', version: 2, jti: 'j' },
        scope: 'shop/orders.read',
      }),
      'an access token of an SDK, without scope': untyped({ ...cognito, scope: 'aws.cognito.signin.user.admin' }),
    },
    refused: {
      'an ID token': untyped({ ...cognitoId, at_hash: 'h', nonce: 'n' }),
      'an ID token without hash and nonce': untyped(cognitoId),
      'an ID token without audience': untyped({ ...cognitoId, aud: undefined, client_id: 'webclient' }),
      'an access token of another app client': untyped({ ...cognito, client_id: 'other' }),
      'an access token of no client': untyped({ ...cognito, client_id: undefined }),
      'an access token for a resource': untyped({ ...cognito, aud: 'https://api.shop.example' }),
    },
  },
  {
    recipe: 'Duende IdentityServer',
    suffix: '',
    env: {},
    scope: 'orders:read',
    accepted: {
      'an access token': marked({ ...duende, aud: 'shop-api' }),
      'an access token with one scope': marked({ ...duende, aud: ['shop-api', 'blog-api'], scope: ['orders:read'] }),
      'an access token with its scopes in one text': marked({
        ...duende,
        aud: 'shop-api',
        scope: 'openid orders:read',
      }),
      'an access token with several roles': marked({ ...duende, aud: 'shop-api', role: ['reader', 'support'] }),
    },
    refused: {
      'an ID token': jwt({ ...duendeId, at_hash: 'h', nonce: 'n' }),
      'an ID token for the API': jwt({ ...duendeId, aud: 'shop-api' }),
      'a logout token': { typ: 'logout+jwt', claims: { ...duendeId, aud: 'shop-api', events: {} } },
      'a token of client credentials, without subject': marked({
        client_id: 'job',
        aud: 'shop-api',
        scope: ['orders:read'],
        sub: undefined,
      }),
      'an access token without API resource': marked({ ...duende, aud: undefined }),
    },
  },
  {
    recipe: 'Duende IdentityServer, without API resources',
    suffix: '',
    env: { DUENDE_WEB_CLIENT: 'shop-web', DUENDE_JOB_CLIENT: 'shop-job' },
    scope: 'orders:read',
    accepted: {
      'an access token': marked({ ...duende, aud: undefined }),
      'the access token of a machine with a claim sub, without role': marked({
        ...{ sub: 'shop-job', client_id: 'shop-job', jti: 'J', scope: ['orders:read'], aud: undefined },
      }),
    },
    refused: {
      'an ID token': jwt({ ...duendeId, at_hash: 'h', nonce: 'n' }),
      'an access token of another client': marked({ ...duende, aud: undefined, client_id: 'other' }),
      'an access token for an API': marked({ ...duende, aud: 'blog-api' }),
    },
  },
  {
    recipe: 'Spring Authorization Server',
    suffix: '',
    env: {},
    scope: 'orders:read',
    accepted: {
      'an access token': untyped({ ...spring, scope: ['openid', 'orders:read'], roles: ['support'] }),
      'an access token whose audience is a list': untyped({
        ...spring,
        aud: ['shop-web'],
        scope: ['orders:read'],
        roles: ['support'],
      }),
      'the access token of a machine, without role': untyped({
        ...spring,
        sub: 'shop-job',
        aud: 'shop-job',
        scope: ['orders:read'],
      }),
      'an access token without scopes, without scope': untyped({ ...spring, roles: ['support'] }),
    },
    refused: {
      'an ID token': untyped({ ...spring, azp: 'shop-web', nonce: 'n', sid: 's', auth_time: 1 }),
      'an ID token without a nonce': untyped({
        ...spring,
        azp: 'shop-web',
        sid: 's',
        auth_time: 1,
        roles: ['support'],
      }),
      'an access token of another client': untyped({ ...spring, aud: 'other', scope: ['orders:read'] }),
    },
  },
]
