import type { IncomingMessage } from 'node:http'
import type { Exchange } from '../exchange/exchange.ts'
import type { OutgoingHeaders } from '../upstream/request.ts'
import type { RequestPolicy } from '../vocabulary.ts'
import { type AddressSet, clientEntry } from '../words/addresses.ts'
import { headersWhere } from '../words/headers.ts'
import { setTraceContext } from './trace.ts'

/** Preconditions (RFC 9110 section 13.1) do not identify the caller, and a service needs them to answer 304. */
const preconditions = headersWhere(({ undocumented }) => undocumented === 'precondition')
/** Forwarded only if the answer's body passes unchanged. */
const ranges = headersWhere(({ undocumented }) => undocumented === 'range')

/** The headers that a route takes from the client. Lower-case names; never one that a bind fills (rule P5). */
export interface ClientHeaders {
  /** Passed on although they are not documented. */
  readonly preconditions: readonly string[]
  /** Passed on if nothing is read from the answer, otherwise removed even if they are documented. */
  readonly ranges: readonly string[]
  /** Removed if `Connection` names them. */
  readonly revocable: ReadonlySet<string>
}

export function clientHeaders({ header, bind }: Pick<RequestPolicy, 'header' | 'bind'>): ClientHeaders {
  const bound = new Set(bind.filter((each) => each.in === 'header').map(({ name }) => name.toLowerCase()))
  const unbound = (names: readonly string[]): readonly string[] => names.filter((name) => !bound.has(name))
  const documented = header.map((name) => name.toLowerCase())
  return {
    preconditions: unbound(preconditions),
    ranges: unbound(ranges),
    revocable: new Set(unbound([...documented, ...preconditions, ...ranges])),
  }
}

/** Data of a route for the headers of its requests, prepared once. */
export interface PreparedHeaders extends ClientHeaders {
  /** Whether the answer may have to be read; it is then requested without compression. */
  readonly plain: boolean
  /** Whether a success may have to be read; it is then requested without ranges. */
  readonly whole: boolean
  /** The gateway's pseudonym in `Via`. */
  readonly pseudonym: string
  /** Proxies whose `X-Forwarded-Proto` is trusted. */
  readonly trusted: AddressSet
  /** Whether `Host` was compared with a list; only then `X-Forwarded-Host` is sent. */
  readonly knownHosts: boolean
}

/** Completes the headers of a client's request: removes those that `Connection` names, then adds the gateway's own. */
export function completeHeaders(
  { req, address, requestId }: Pick<Exchange, 'req' | 'address' | 'requestId'>,
  headers: OutgoingHeaders,
  prepared: PreparedHeaders,
): void {
  for (const name of prepared.preconditions) pass(req, name, headers)
  // A service gets GET for HEAD, and must not answer that with a range (RFC 9110 section 14.2).
  const whole = prepared.whole || req.method === 'HEAD'
  for (const name of prepared.ranges) {
    if (whole) delete headers[name]
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

function pass(req: IncomingMessage, name: string, headers: OutgoingHeaders): void {
  const value = req.headers[name]
  if (value !== undefined) headers[name] = value
}

function acceptedEncodings(req: IncomingMessage): string {
  const accepted = req.headers['accept-encoding']
  return typeof accepted === 'string' && /^[\w\s,;=.*-]{1,200}$/.test(accepted) ? accepted : 'identity'
}

function protocolOf(req: IncomingMessage, trusted: AddressSet): 'http' | 'https' {
  const list = req.headers['x-forwarded-proto']
  const peer = req.socket.remoteAddress ?? ''
  if (list === undefined || !trusted.has(peer)) return 'encrypted' in req.socket ? 'https' : 'http'
  if (list === 'https' || list === 'http') return list
  const forwarded = req.headers['x-forwarded-for']
  const entry = clientEntry(String(list), peer, forwarded === undefined ? undefined : String(forwarded), trusted)
  return entry?.toLowerCase() === 'https' ? 'https' : 'http'
}
