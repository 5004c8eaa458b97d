import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Exchange } from '../exchange/exchange.ts'
import type { OutgoingHeaders } from '../upstream/request.ts'
import type { RequestPolicy } from '../vocabulary.ts'
import type { AddressSet } from '../words/addresses.ts'
import { headersWhere } from '../words/headers.ts'
import { setTraceContext } from './trace.ts'

/** Preconditions (RFC 9110 section 13.1) say nothing of who is asking, and without them a service could not answer 304. */
const preconditions = headersWhere(({ undocumented }) => undocumented === 'precondition')
/** Only for answers whose bodies pass as they are. */
const ranges = headersWhere(({ undocumented }) => undocumented === 'range')

/** The headers that a client may send on a route, as far as the connection has a say in them. */
export interface ClientHeaders {
  /** Those that a client may take back by naming them in `Connection`; never one that the gateway fills (rule P2). */
  readonly revocable: ReadonlySet<string>
}

export function clientHeaders({ header, bind }: Pick<RequestPolicy, 'header' | 'bind'>): ClientHeaders {
  const documented = header.map((name) => name.toLowerCase())
  const bound = bind.map(({ name }) => name.toLowerCase())
  return {
    revocable: new Set([...documented, ...preconditions, ...ranges].filter((name) => !bound.includes(name))),
  }
}

/** What is known of a route's headers before a request comes. */
export interface PreparedHeaders extends ClientHeaders {
  /** Whether the answer may have to be read: then it is asked for uncompressed. */
  readonly plain: boolean
  /** Whether a success may have to be read: then it is asked for as a whole. */
  readonly whole: boolean
  /** The gateway's pseudonym in `Via`. */
  readonly pseudonym: string
  /** Proxies whose `X-Forwarded-Proto` is believed. */
  readonly trusted: AddressSet
  /** Whether the host of a request has been compared with a list: only then a service is told. */
  readonly knownHosts: boolean
}

/** Completes the headers of a client's request, in this order: take away what is the connection's, then add what is the gateway's. */
export function completeHeaders(
  { req, address, requestId }: Pick<Exchange, 'req' | 'address' | 'requestId'>,
  headers: OutgoingHeaders,
  prepared: PreparedHeaders,
): void {
  for (const name of preconditions) pass(req, name, headers)
  for (const name of ranges) {
    if (prepared.whole) delete headers[name]
    else pass(req, name, headers)
  }
  const connection = req.headers.connection
  if (connection !== undefined && connection !== 'keep-alive' && connection !== 'close') {
    for (const token of connection.toLowerCase().split(',')) {
      const name = token.trim()
      if (prepared.revocable.has(name)) delete headers[name]
    }
  }
  headers['accept-encoding'] = prepared.plain ? 'identity' : acceptedEncodings(req)
  headers['via'] = `${req.httpVersion} ${prepared.pseudonym}`
  headers['x-forwarded-for'] = address
  headers['x-forwarded-proto'] = protocolOf(req, prepared.trusted)
  if (prepared.knownHosts && req.headers.host !== undefined) headers['x-forwarded-host'] = req.headers.host
  headers['x-request-id'] = requestId
  setTraceContext(req.headers, requestId, headers)
}

/** Completes the headers of a call that no client's request stands behind: what the gateway says of itself. */
export function completeOwnHeaders(requestId: string, headers: OutgoingHeaders, pseudonym: string): void {
  headers['accept-encoding'] = 'identity'
  headers['via'] = `1.1 ${pseudonym}`
  headers['x-request-id'] = requestId
  setTraceContext(none, requestId, headers)
}

const none: IncomingHttpHeaders = {}

function pass(req: IncomingMessage, name: string, headers: OutgoingHeaders): void {
  const value = req.headers[name]
  if (value !== undefined) headers[name] = value
}

function acceptedEncodings(req: IncomingMessage): string {
  const accepted = req.headers['accept-encoding']
  return typeof accepted === 'string' && /^[\w\s,;=.*-]{1,200}$/.test(accepted) ? accepted : 'identity'
}

function protocolOf(req: IncomingMessage, trusted: AddressSet): 'http' | 'https' {
  const forwarded = req.headers['x-forwarded-proto']
  if (forwarded !== undefined && trusted.has(req.socket.remoteAddress ?? ''))
    return forwarded === 'https' ? 'https' : 'http'
  return 'encrypted' in req.socket ? 'https' : 'http'
}
