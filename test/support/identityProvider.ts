import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CryptoKey,
  exportJWK,
  type GenerateKeyPairOptions,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose'

/** How an endpoint answers: correctly, or with one of the failures of identity providers. */
export type Behaviour = 'ok' | 'fail' | 'hang' | 'garbage' | 'empty' | 'redirect' | 'huge' | 'refuse'

export type EndpointName = 'jwks' | 'metadata' | 'token'

export interface TokenRequest {
  readonly parameters: Readonly<Record<string, string>>
  readonly authorization: string | undefined
}

export interface SigningPair {
  readonly privateKey: CryptoKey
  readonly jwk: JWK
}

/**
 * An identity provider on the loopback interface: keys, metadata and a token endpoint. All of them can be made to fail.
 */
export interface IdentityProvider {
  readonly issuer: string
  readonly jwksUrl: string
  readonly tokenUrl: string
  readonly hits: Record<EndpointName, number>
  /** Requests for tokens, oldest first. */
  readonly requests: TokenRequest[]
  readonly behaviour: Record<EndpointName, Behaviour>
  /** The contents of the key set. Private parts are not included unless a test adds them. */
  published: JWK[]
  metadataPath: string
  metadata: Record<string, unknown>
  /** The body of the token endpoint's answer. `turn`: the number of the request. */
  grant: (request: TokenRequest, turn: number) => Record<string, unknown>
  /** The key pair that signs; changed by `rotate`. */
  readonly current: SigningPair
  /** Creates a new signing key and publishes it, alone or with the old one. */
  rotate(keep?: 'keep' | 'withdraw'): Promise<void>
  /**
   * A token, valid by default: `at+jwt` for `audience` with subject `user-1`. A member that is `undefined` is left out.
   * `now` in seconds.
   */
  token(claims?: JWTPayload, header?: Record<string, unknown>, pair?: SigningPair): Promise<string>
  /** Ends the requests that `hang` holds. */
  release(): void
  close(): Promise<void>
}

export const audience = 'shop'

export async function makePair(
  algorithm: string,
  kid: string | undefined,
  options: GenerateKeyPairOptions = {},
): Promise<SigningPair> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true, ...options })
  const jwk = await exportJWK(publicKey)
  return { privateKey, jwk: { ...jwk, ...(kid === undefined ? {} : { kid }), alg: algorithm, use: 'sig' } }
}

const replies: Readonly<Record<Exclude<Behaviour, 'hang'>, (body: () => object) => readonly [number, string]>> = {
  ok: (body) => [200, JSON.stringify(body())],
  fail: () => [500, '{"error":"server_error"}'],
  refuse: () => [400, '{"error":"invalid_grant"}'],
  garbage: () => [200, '<html>Sign in to the hotel network</html>'],
  empty: () => [200, '{"keys":[]}'],
  huge: (body) => [200, JSON.stringify({ ...body(), padding: 'x'.repeat(300_000) })],
  redirect: () => [302, ''],
}

export async function startIdentityProvider(algorithm = 'ES256'): Promise<IdentityProvider> {
  const held = new Set<ServerResponse>()
  let turn = 0
  let generation = 1

  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://idp')
    if (pathname === '/jwks') answer('jwks', res, () => ({ keys: provider.published }))
    else if (pathname === provider.metadataPath) answer('metadata', res, () => provider.metadata)
    else if (pathname === '/token' && req.method === 'POST') void takeTokenRequest(req, res)
    else res.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>')
  })

  async function takeTokenRequest(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of req) body += String(chunk)
    const request = {
      parameters: Object.fromEntries(new URLSearchParams(body)),
      authorization: req.headers.authorization,
    }
    provider.requests.push(request)
    answer('token', res, () => {
      turn += 1
      return provider.grant(request, turn)
    })
  }

  function answer(name: EndpointName, res: ServerResponse, body: () => object): void {
    provider.hits[name] += 1
    const behaviour = provider.behaviour[name]
    if (behaviour === 'hang') {
      held.add(res)
      return
    }
    const [status, text] = replies[behaviour](body)
    const location = behaviour === 'redirect' ? { location: `${provider.issuer}/elsewhere` } : {}
    res.writeHead(status, { 'content-type': 'application/json', ...location }).end(text)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let current = await makePair(algorithm, 'key-1')

  const provider: IdentityProvider = {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    tokenUrl: `${issuer}/token`,
    hits: { jwks: 0, metadata: 0, token: 0 },
    requests: [],
    behaviour: { jwks: 'ok', metadata: 'ok', token: 'ok' },
    published: [current.jwk],
    metadataPath: '/.well-known/openid-configuration',
    metadata: { issuer, jwks_uri: `${issuer}/jwks` },
    grant: (_request, number) => ({ access_token: `granted-${number}`, token_type: 'Bearer', expires_in: 3_600 }),
    get current() {
      return current
    },
    async rotate(keep = 'withdraw') {
      generation += 1
      current = await makePair(algorithm, `key-${generation}`)
      provider.published = keep === 'keep' ? [...provider.published, current.jwk] : [current.jwk]
    },
    token(claims = {}, header = {}, pair = current) {
      const now = Math.floor(Date.now() / 1_000)
      const payload = { iss: issuer, aud: audience, sub: 'user-1', iat: now, exp: now + 300, ...claims }
      const protectedHeader = { alg: algorithm, kid: pair.jwk.kid, typ: 'at+jwt', ...header }
      return new SignJWT(payload).setProtectedHeader(protectedHeader as { alg: string }).sign(pair.privateKey)
    },
    release() {
      for (const res of held) res.destroy()
      held.clear()
    },
    async close() {
      provider.release()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return provider
}
