import type { IncomingMessage } from 'node:http'
import type { Exchange } from '../exchange/exchange.ts'
import { catalogue, type Problem, type ProblemName } from '../words/problems.ts'
import type { CorsPolicy } from './cors.ts'

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

/** Maximum bytes of a request's body that are read and dropped after an answer that did not need it. */
const maxDiscarded = 1_048_576

export function createResponder({ cors, credentialHeaders, draining }: ResponderOptions): Responder {
  const open = cors === null ? [] : ['origin']
  const closed = [...open, ...credentialHeaders]
  const openVary = open.join(', ')
  const closedVary = closed.join(', ')

  const head = (exchange: Exchange, status: number, fields: string[], vary?: string): void => {
    const { res } = exchange
    const authenticated = exchange.principal !== null
    const own = authenticated ? closedVary : openVary
    const varies = vary === undefined ? own : mergeVary(vary, authenticated ? closed : open)
    if (varies !== '') fields.push('vary', varies)
    fields.push(...securityFields, 'x-request-id', exchange.requestId)
    cors?.allow(exchange.req.headers.origin, fields)
    if (draining()) res.shouldKeepAlive = false
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
      const { req, res } = exchange
      exchange.problem = problem.name
      const fields = ['content-type', 'application/problem+json']
      for (const [name, value] of Object.entries(problem.headers)) fields.push(name, value)
      const unread = !req.complete && req.headers.expect === undefined
      // After `admit` the end of the body is unambiguous, so the connection can be kept.
      if (unread && exchange.path !== '') discardBody(req)
      else if (problem.close || !req.complete) res.shouldKeepAlive = false
      json(exchange, problem.status, fields, problemBody(problem, exchange.requestId))
    },
  }
}

/** The JSON of a problem. `requestId` contains only letters, digits, `-` and `_`. */
export function problemBody({ name, status, errors }: Problem, requestId: string): string {
  const start = `{"type":"urn:gatewright:problem:${name}","title":"${titles[name].title}","status":${status}`
  const end = errors.length === 0 ? '' : `,"errors":${JSON.stringify(errors)}`
  return `${start},"instance":"urn:request:${requestId}"${end}}`
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

/**
 * Reads the rest of a body and drops it: closing a connection with unread data causes a TCP reset, and the client could lose the
 * answer. Above the limit the connection is closed nevertheless.
 */
function discardBody(req: IncomingMessage): void {
  let left = maxDiscarded
  req.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) req.socket.destroy()
  })
  req.resume()
}
