import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import type { Principal } from '../../templates/runtime/access/principal.ts'
import type { Exchange } from '../../templates/runtime/exchange/exchange.ts'
import { createExchange } from '../../templates/runtime/exchange/live.ts'
import { createLogObserver } from '../../templates/runtime/observe/logObserver.ts'
import type { Observer } from '../../templates/runtime/observe/observer.ts'
import type { Authenticate } from '../../templates/runtime/steps/authenticate.ts'
import type { Access, Authenticator, Client, JwtIssuer } from '../../templates/runtime/vocabulary.ts'
import { problem } from '../../templates/runtime/words/problems.ts'
import { some } from './gatewayParts.ts'
import { audience, type IdentityProvider } from './identityProvider.ts'

/** Clocks that advance on request. */
export interface Clocks {
  /** Milliseconds. */
  advance(milliseconds: number): void
  /** Steps the wall clock only, as an administrator or NTP does. */
  step(milliseconds: number): void
  readonly clock: () => number
  readonly monotonic: () => number
}

export function createClocks(): Clocks {
  let wall = Date.now()
  let steady = 1_000_000
  return {
    advance(milliseconds) {
      wall += milliseconds
      steady += milliseconds
    },
    step(milliseconds) {
      wall += milliseconds
    },
    clock: () => wall,
    monotonic: () => steady,
  }
}

/** A log that records lines as text, and the observer that writes it. */
export function createMemoryLog(): { readonly lines: string[]; readonly observer: Observer } {
  const lines: string[] = []
  const write =
    (level: string) =>
    (fields: object, message = ''): void => {
      lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
    }
  const log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  }
  return { lines, observer: createLogObserver(log, () => undefined, 'web') }
}

/** A setting that refers to a variable. */
export function reference(name: string): string {
  return `\${${name}}`
}

/**
 * Sends a credential. Returns `null` if it is accepted, otherwise the reason and its detail, such as `token-expired: exp`. Throws if
 * what the client gets is not the constant 401 for invalid tokens.
 */
export async function refusalOf(authenticate: Authenticate, authorization: string): Promise<string | null> {
  const exchange = anExchange({ headers: { authorization } })
  const outcome = await authenticate.step(exchange)
  if (outcome === undefined) return exchange.principal === null ? 'anonymous' : null
  const challenge = 'Bearer realm="shop-test", error="invalid_token"'
  if (outcome === 'answered') throw new Error('it was answered')
  const { reason, detail } = outcome
  const wanted = {
    ...problem('unauthenticated', { headers: { 'www-authenticate': challenge }, reason: 'token-kind' }),
    reason,
    detail,
  }
  if (exchange.principal !== null || !isDeepStrictEqual(outcome, wanted)) throw new Error(JSON.stringify(outcome))
  return detail === null ? `${reason}` : `${reason}: ${detail}`
}

/** An issuer as in a manifest, for a provider of the tests. */
export function issuerOf(provider: IdentityProvider, more: Partial<JwtIssuer> = {}): JwtIssuer {
  return {
    issuer: provider.issuer,
    audience: [audience],
    clientIds: [],
    accessMarks: [],
    jwks: provider.jwksUrl,
    algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    type: 'at+jwt',
    scopes: ['scope'],
    roles: ['realm_access', 'roles'],
    clockSkew: 30,
    maxAge: null,
    ...more,
  }
}

export function aClient(authenticators: Readonly<Record<string, Authenticator>>): Client {
  return some.client({ gateway: 'shop-test', name: 'test', authenticators })
}

export function aPrincipal(more: Partial<Principal> = {}): Principal {
  return {
    authenticator: 'bearer',
    issuer: 'https://idp.example',
    subject: 'user-1',
    scopes: new Set(),
    roles: new Set(),
    claims: { sub: 'user-1' },
    token: 'the.caller.token',
    expires: null,
    ...more,
  }
}

/** An exchange for steps, with only the parts that authentication reads. */
export function anExchange({
  headers = {},
  access = { kind: 'public', because: 'a test' },
  path = {},
  ...more
}: {
  headers?: Readonly<Record<string, string | readonly string[]>>
  access?: Access
  /** Raw values of path parameters. */
  path?: Readonly<Record<string, string>>
} & Partial<Pick<Exchange, 'principal' | 'address' | 'query'>> = {}): Exchange {
  const distinct = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()]))
  const joined = Object.fromEntries(Object.entries(distinct).map(([name, values]) => [name, values.join(', ')]))
  const route = some.route('GET', '/', { id: 'test.operation', access })
  const req = { headers: joined, headersDistinct: distinct } as unknown as IncomingMessage
  return Object.assign(createExchange(req, {} as ServerResponse), {
    requestId: 'request-1',
    address: '192.0.2.1',
    path: '/',
    match: { route, names: Object.keys(path), raw: Object.values(path) },
    ...more,
  })
}
