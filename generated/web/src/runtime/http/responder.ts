import type { Exchange } from '../exchange/exchange.ts'
import type { BodyStream, WholeBody } from '../upstream/answer.ts'
import { isSignInOptional } from '../words/optionalSignIn.ts'
import { catalogue, type Problem, type ProblemName } from '../words/problems.ts'
import type { CorsPolicy } from './cors.ts'
import { answerUnfinished, isUnfinished } from './unreadBody.ts'

/** The only writer of response heads. */
export interface Responder {
  /**
   * Writes status line and header fields. `fields` is name, value, name, value, ...; the fields of every answer are appended to
   * it. `vary` is the service's own `Vary`.
   */
  head(exchange: Exchange, status: number, fields: string[], vary?: string): void
  /** Answers without a body. */
  empty(exchange: Exchange, status: number, fields: string[]): void
  /** Answers with the gateway's own JSON. */
  json(exchange: Exchange, status: number, body: string): void
  /** Answers with a problem (RFC 9457). */
  problem(exchange: Exchange, problem: Problem): void
}

export interface ResponderOptions {
  readonly cors: CorsPolicy | null
  /** Header names on which an answer to an authenticated caller depends. */
  readonly credentialHeaders: readonly string[]
  /** Whether connections are to be closed after their answer. */
  readonly draining: () => boolean
}

/** On every answer (rule O7). */
const securityFields = [
  'x-content-type-options',
  'nosniff',
  'content-security-policy',
  "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security',
  'max-age=31536000',
  'referrer-policy',
  'no-referrer',
  'cross-origin-resource-policy',
  'same-origin',
] as const

const titles = catalogue satisfies Record<ProblemName, unknown>

export function createResponder({ cors, credentialHeaders, draining }: ResponderOptions): Responder {
  const origin = cors === null ? [] : ['origin']
  const anonymous = varyOf(origin)
  const authenticated = varyOf([...origin, ...credentialHeaders])
  // A cache must tell answers with a credential from those without, wherever the credential is.
  const optional = varyOf([...origin, 'authorization', 'cookie', ...credentialHeaders])

  const head = (exchange: Exchange, status: number, fields: string[], vary?: string): void => {
    const { req, res } = exchange
    const route = exchange.match?.route
    const isOptional = route !== undefined && isSignInOptional(route.access)
    const own = isOptional ? optional : exchange.principal === null ? anonymous : authenticated
    const varies = vary === undefined ? own.line : mergeVary(vary, own.names)
    if (varies !== '') fields.push('vary', varies)
    fields.push(...securityFields, 'x-request-id', exchange.requestId)
    cors?.allow(exchange.req.headers.origin, fields)
    if (draining()) res.shouldKeepAlive = false
    if (isUnfinished(req)) answerUnfinished(req, res, isPassedOn(exchange))
    res.writeHead(status, fields)
  }

  const json = (exchange: Exchange, status: number, fields: string[], body: string): void => {
    exchange.bytes = Buffer.byteLength(body)
    fields.push('content-length', String(exchange.bytes), 'cache-control', 'no-store')
    head(exchange, status, fields)
    exchange.res.end(body)
  }

  return {
    head,
    empty(exchange, status, fields) {
      if (status !== 204 && status !== 304) fields.push('content-length', '0')
      head(exchange, status, fields)
      exchange.res.end()
    },
    json(exchange, status, body) {
      json(exchange, status, ['content-type', 'application/json'], body)
    },
    problem(exchange, problem) {
      exchange.problem = problem.name
      exchange.reason = problem.reason
      exchange.detail = problem.detail
      const fields = ['content-type', 'application/problem+json']
      for (const [name, value] of Object.entries(problem.headers)) fields.push(name, value)
      // Before `admit` has passed, the end of the body is ambiguous.
      if (exchange.path === '' || problem.close) exchange.res.shouldKeepAlive = false
      json(exchange, problem.status, fields, problemBody(problem, exchange.requestId))
    },
  }
}

/** The JSON of a problem. `requestId` contains only letters, digits, `-` and `_`. */
export function problemBody(
  { name, status, errors }: Pick<Problem, 'name' | 'status' | 'errors'>,
  requestId: string,
): string {
  const start = `{"type":"urn:gatewright:problem:${name}","title":"${titles[name].title}","status":${status}`
  const end = errors.length === 0 ? '' : `,"errors":${JSON.stringify(errors)}`
  return `${start},"instance":"urn:request:${requestId}"${end}}`
}

/** The gateway's own `Vary`. */
interface Vary {
  /** Each once. */
  readonly names: readonly string[]
  readonly line: string
}

function varyOf(names: readonly string[]): Vary {
  const once = [...new Set(names)]
  return { names: once, line: once.join(', ') }
}

/** Merges `Vary` of a service with the gateway's own: tokens once each; `*` replaces all. Invalid tokens are dropped. */
function mergeVary(service: string, own: readonly string[]): string {
  const tokens = new Set(own)
  for (const part of service.split(',')) {
    const token = part.trim().toLowerCase()
    if (token === '*') return '*'
    if (/^[a-z0-9-]+$/.test(token)) tokens.add(token)
  }
  return [...tokens].join(', ')
}

/** Whether the request's body may still be on its way to a service whose answer has begun. */
function isPassedOn({ request, answer }: Exchange): boolean {
  return request?.body === 'stream' && answer !== null && answer.body !== null && isStream(answer.body)
}

function isStream(body: WholeBody | BodyStream): body is BodyStream {
  return typeof body === 'object' && 'pipe' in body
}
