import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { writePath } from './demands.ts'
import { type FrontEnd, frontEndOf, resourceOf, shapeClaims } from './frontEnds.ts'
import { closed, isLocal, listen, namesItself } from './loopback.ts'
import { quietly } from './quietly.ts'
import { createSignIn, errorPage, interactionPath, policy } from './signIn.ts'
import type { DevelopmentUser } from './users.ts'

/** A confidential client that a gateway uses at the token endpoint. */
export interface DevelopmentClient {
  readonly id: string
  readonly secret: string
}

export interface IdentityOptions {
  /** 0: any free port. */
  readonly port: number
  readonly users: readonly DevelopmentUser[]
  readonly clients: readonly DevelopmentClient[]
  /**
   * Clients that sign users in (authorization code with PKCE). Which there are is asked once, how their tokens look for each
   * token. Default: none.
   */
  readonly frontEnds?: () => readonly FrontEnd[]
  /** The style sheet of the sign-in page. Default: none. */
  readonly style?: string
  /** All scopes that the provider can grant. */
  readonly scopes: readonly string[]
  /** Claims for roles, as paths. */
  readonly rolesClaims: readonly (readonly string[])[]
}

export interface TokenRequest {
  /** The user's name. */
  readonly user: string
  /** `null`: a token without `aud`. */
  readonly audience: string | null
  /** The client that the token is for; default: one that no manifest names. */
  readonly client?: string
  /** The claim that has the scopes as a list, beside `scope`. */
  readonly scopesClaim?: readonly string[]
  /** Default: the user's own scopes. */
  readonly scopes?: readonly string[]
  /** Seconds; default: eight hours. */
  readonly lifetime?: number
}

/** An OpenID provider for development: real endpoints and keys, which are generated at each start. */
export interface IdentityProvider {
  readonly issuer: string
  /** Issues an access token (RFC 9068) as the token endpoint would. */
  token(request: TokenRequest): Promise<string>
  /** Signs exactly these claims, valid or not, as an access token of this provider. */
  sign(claims: JWTPayload): Promise<string>
  close(): Promise<void>
}

/** The client of tokens that are issued without a sign-in. */
export const tools = 'gatewright-dev'
const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** Starts the provider on 127.0.0.1. Throws when the port is taken. */
export async function startIdentityProvider(options: IdentityOptions): Promise<IdentityProvider> {
  const server = createServer()
  const issuer = await listen(server, options.port)
  const key = await signingKey()
  const { Provider, errors } = await quietly(() => import('oidc-provider'))
  const provider = await quietly(async () => new Provider(issuer, configuration(options, key)))
  provider.registerGrantType(exchange, exchangeGrant(issuer, key, errors), exchangeParameters)
  acceptLocalRedirects(provider, options)
  const signIn = createSignIn({ provider, users: options.users, style: options.style ?? '' })
  const answer = provider.callback()
  server.on('request', (req, res) => {
    if (!namesItself(req.headers, issuer)) res.writeHead(403).end('This server is 127.0.0.1 only.\n')
    else if (req.url?.startsWith(interactionPath) === true) void signIn(req, res)
    else void answer(req, res)
  })

  const sign = async (claims: JWTPayload): Promise<string> =>
    await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: 'development' })
      .sign(await importJWK(key, 'RS256'))

  return {
    issuer,
    token: (request) => issue(provider, options, request, sign),
    sign,
    close: () => closed(server),
  }
}

async function signingKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: 'development', use: 'sig', alg: 'RS256' }
}

const none = (): readonly FrontEnd[] => []

function configuration(options: IdentityOptions, key: JWK): Configuration {
  const frontEnds = options.frontEnds ?? none
  return {
    jwks: { keys: [key] } as NonNullable<Configuration['jwks']>,
    scopes: ['openid', 'offline_access', ...options.scopes],
    clients: [
      { client_id: tools, redirect_uris: [], response_types: [], grant_types: [], token_endpoint_auth_method: 'none' },
      ...options.clients.map((client) => ({
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials', exchange],
        token_endpoint_auth_method: 'client_secret_basic' as const,
        ...(options.scopes.length > 0 && { scope: options.scopes.join(' ') }),
      })),
      ...frontEnds().map(({ id }) => ({
        client_id: id,
        redirect_uris: ['http://localhost/'],
        post_logout_redirect_uris: ['http://localhost/'],
        response_types: ['code' as const],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'none' as const,
      })),
    ],
    renderError: (context, out) => {
      context.type = 'html'
      context.set('content-security-policy', policy)
      context.body = errorPage({ ...out })
    },
    // Scripts of front ends on this machine obtain tokens themselves.
    clientBasedCORS: (_context, origin) => isLocal(origin),
    interactions: { url: (_context, { uid }) => `${interactionPath}${uid}` },
    // Nobody is asked for consent: a user grants a front end the scopes that the user has.
    loadExistingGrant: async (context) => grantOf(context, options),
    cookies: { keys: ['development'] },
    ttl: {
      AccessToken: 8 * 3600,
      ClientCredentials: 600,
      Grant: 8 * 3600,
      IdToken: 3600,
      Interaction: 3600,
      Session: 8 * 3600,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, client, oneOf) => {
          const frontEnd = frontEnds().find(({ id }) => id === client?.clientId)
          return frontEnd === undefined ? (oneOf?.[0] ?? 'urn:gatewright:service') : resourceOf(frontEnd)
        },
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => ({
          scope: options.scopes.join(' '),
          // The provider makes no token without an audience. A gateway that does not check it takes any.
          audience: frontEndOf(resource, frontEnds())?.shape.audience ?? resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 8 * 3600,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    findAccount: (_context, id) => {
      const user = options.users.find((candidate) => candidate.subject === id)
      return user && { accountId: id, claims: () => ({ sub: id, name: user.name }) }
    },
    extraTokenClaims: (_context, token) => {
      const id = 'accountId' in token ? token.accountId : undefined
      const user = options.users.find((candidate) => candidate.subject === id)
      return user && claimsOf(user, options.rolesClaims)
    },
    formats: {
      customizers: {
        jwt: (_context, token, { payload }) => {
          const frontEnd = frontEnds().find(({ id }) => id === token.clientId)
          if (frontEnd !== undefined && payload !== undefined) shapeClaims(payload, frontEnd)
        },
      },
    },
  }
}

/** Redirects after a sign-in or a logout may lead to any port and path of this machine. */
function acceptLocalRedirects(provider: Provider, { frontEnds = none }: IdentityOptions): void {
  const isFrontEnd = (id: string): boolean => frontEnds().some((one) => one.id === id)
  const { redirectUriAllowed, postLogoutRedirectUriAllowed } = provider.Client.prototype
  Object.assign(provider.Client.prototype, {
    redirectUriAllowed(this: { clientId: string }, uri: string) {
      return (isFrontEnd(this.clientId) && isLocal(uri)) || redirectUriAllowed.call(this, uri)
    },
    postLogoutRedirectUriAllowed(this: { clientId: string }, uri: string) {
      return (isFrontEnd(this.clientId) && isLocal(uri)) || postLogoutRedirectUriAllowed.call(this, uri)
    },
  })
}

/** A grant of the requested scopes that the user has. The others are rejected, so that they are not asked for. */
async function grantOf({ oidc }: KoaContextWithOIDC, { users }: IdentityOptions) {
  const { client, provider, resourceServers = {} } = oidc
  const accountId = oidc.session?.accountId
  if (client === undefined || accountId === undefined) return undefined
  const own: readonly string[] = users.find(({ subject }) => subject === accountId)?.scopes ?? []
  const grant = new provider.Grant({ accountId, clientId: client.clientId })
  const requested = [...oidc.requestParamScopes]
  const granted = requested.filter((scope) => own.includes(scope) || scope === 'openid' || scope === 'offline_access')
  const rejected = requested.filter((scope) => !granted.includes(scope))
  grant.addOIDCScope(granted.join(' '))
  grant.rejectOIDCScope(rejected.join(' '))
  grant.addOIDCClaims([...oidc.requestParamClaims])
  for (const resource of Object.keys(resourceServers)) {
    grant.addResourceScope(resource, granted.join(' '))
    grant.rejectResourceScope(resource, rejected.join(' '))
  }
  await grant.save()
  return grant
}

function claimsOf(user: DevelopmentUser, rolesClaims: IdentityOptions['rolesClaims']): Record<string, unknown> {
  const claims: Record<string, unknown> = { ...user.claims, name: user.name }
  for (const path of rolesClaims) writePath(claims, path, user.roles)
  return claims
}

async function issue(
  provider: Provider,
  options: IdentityOptions,
  request: TokenRequest,
  sign: IdentityProvider['sign'],
): Promise<string> {
  const user = options.users.find((candidate) => candidate.name === request.user)
  if (user === undefined) throw new Error(`The development identity provider has no user ${request.user}.`)
  const client = await provider.Client.find(tools)
  if (client === undefined) throw new Error('The development identity provider does not know its own client.')
  const scope = (request.scopes ?? user.scopes).join(' ')
  const lifetime = request.lifetime ?? 8 * 3600
  if (request.audience === null || request.client !== undefined || request.scopesClaim !== undefined) {
    return await sign(ownClaims(provider.issuer, user, options, request, scope, lifetime))
  }
  const token = new provider.AccessToken({
    accountId: user.subject,
    client,
    scope,
    gty: 'authorization_code',
    resourceServer: resourceServer(provider, request.audience, scope, lifetime),
  } as ConstructorParameters<typeof provider.AccessToken>[0])
  return await token.save()
}

/** Claims of a token that the provider itself cannot make: its tokens have an audience, a client that it knows, and `scope`. */
function ownClaims(
  issuer: string,
  user: DevelopmentUser,
  options: IdentityOptions,
  { audience, client = tools, scopesClaim }: TokenRequest,
  scope: string,
  lifetime: number,
): JWTPayload {
  const now = Math.floor(Date.now() / 1_000)
  const claims: Record<string, unknown> = {
    ...claimsOf(user, options.rolesClaims),
    iss: issuer,
    sub: user.subject,
    ...(audience === null ? {} : { aud: audience }),
    client_id: client,
    scope,
    jti: randomUUID(),
    iat: now,
    exp: now + lifetime,
  }
  if (scopesClaim !== undefined) writePath(claims, scopesClaim, scope === '' ? [] : scope.split(' '))
  return claims
}

function resourceServer(provider: Provider, audience: string, scope: string, lifetime: number) {
  return new provider.ResourceServer(audience, {
    scope,
    audience,
    accessTokenFormat: 'jwt',
    accessTokenTTL: lifetime,
    jwt: { sign: { alg: 'RS256' } },
  })
}

const exchangeParameters = ['subject_token', 'subject_token_type', 'requested_token_type', 'audience', 'scope']

/** RFC 8693, as far as gateways use it: exchanges a token of this provider for one with another audience. */
function exchangeGrant(issuer: string, key: JWK, errors: typeof import('oidc-provider').errors) {
  const { kty = 'RSA', n = '', e = '', kid = '', alg = 'RS256' } = key
  const keys = createLocalJWKSet({ keys: [{ kty, n, e, kid, alg, use: 'sig' }] })
  return async (context: KoaContextWithOIDC): Promise<void> => {
    const { oidc } = context
    const { subject_token, audience, scope } = oidc.params ?? {}
    if (typeof subject_token !== 'string' || typeof audience !== 'string' || oidc.client === undefined) {
      throw new errors.InvalidRequest('subject_token and audience are required')
    }
    const subject = await jwtVerify(subject_token, keys, { issuer }).catch(() => null)
    const account = subject?.payload.sub
    if (account === undefined) throw new errors.InvalidGrant('the subject token is not one of this provider')
    const granted = String(subject?.payload['scope'] ?? '')
    const wanted = typeof scope === 'string' && scope !== '' ? scope.split(' ') : granted.split(' ')
    const token = new oidc.provider.AccessToken({
      accountId: account,
      client: oidc.client,
      scope: wanted.filter((one) => granted.split(' ').includes(one)).join(' '),
      gty: exchange,
      resourceServer: resourceServer(oidc.provider, audience, granted, 600),
    } as ConstructorParameters<typeof oidc.provider.AccessToken>[0])
    context.body = {
      access_token: await token.save(),
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: token.expiration,
    }
  }
}
