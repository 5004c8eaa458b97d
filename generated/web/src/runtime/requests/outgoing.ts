import type { IncomingMessage } from 'node:http'
import type { Exchange } from '../exchange/exchange.ts'
import type { OutgoingHeaders } from '../upstream/request.ts'
import type { RequestPolicy } from '../vocabulary.ts'
import type { AddressSet } from '../words/addresses.ts'
import { headersWhere } from '../words/headers.ts'
import { setTraceContext } from './trace.ts'

/** Preconditions (RFC 9110 section 13.1) do not identify the caller, and a service needs them to answer 304. */
const preconditions = headersWhere(({ undocumented }) => undocumented === 'precondition')
/** Forwarded only if the answer's body passes unchanged. */
const ranges = headersWhere(({ undocumented }) => undocumented === 'range')

/** The headers of a route that `Connection` affects. */
export interface ClientHeaders {
  /** Lower-case names that are removed if `Connection` names them; never one that the gateway fills (rule P2). */
  readonly revocable: ReadonlySet<string>
}

export function clientHeaders({ header, bind }: Pick<RequestPolicy, 'header' | 'bind'>): ClientHeaders {
  const documented = header.map((name) => name.toLowerCase())
  const bound = bind.map(({ name }) => name.toLowerCase())
  return {
    revocable: new Set([...documented, ...preconditions, ...ranges].filter((name) => !bound.includes(name))),
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
