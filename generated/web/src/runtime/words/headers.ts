/** What a header field of one name is in a gateway: a column for each use. A column that is left out has the usual value. */
export interface HeaderUse {
  /**
   * Who writes the field of a request to a service. Left out: the client, where the operation documents the field.
   * `gateway`: speaks of one connection (RFC 9110 section 7.6.1) or of the way to the gateway, which writes it or leaves it out.
   * `message`: says how the message is to be read. `credential`: carries credentials. `identity`: says who the caller is, or
   * where the request comes from (rule H1). `reroute`: makes some services act on another request than the one that was
   * checked (rule R4). `own`: kept for the gateway; neither clients nor the manifest write it.
   */
  readonly request?: 'gateway' | 'message' | 'credential' | 'identity' | 'reroute' | 'own'
  /** OpenAPI ignores header parameters of this name (Parameter Object, `name`). */
  readonly ignored?: true
  /** A request has the field once at most; a second line is refused (rule P3). */
  readonly once?: true
  /** Occurs in most requests: the check of a request finds it without changing its case. */
  readonly common?: true
  /** Goes on to a service without being documented. `range`: only where the body of the answer passes unchanged. */
  readonly undocumented?: 'precondition' | 'range'
  /**
   * Whether the field of a service's answer reaches the client. Left out: where the operation documents it. `made`: the gateway
   * writes its own. `rewritten`: as an address of the gateway, where there is one (rule O3). `never`: speaks of the connection
   * or of the service's own place, or is the gateway's to say (rules O1, O7).
   */
  readonly answer?: 'always' | 'made' | 'rewritten' | 'never'
  /** Describes the bytes of an answer, so it only goes with a body that passes unchanged. */
  readonly bytes?: true
}

/** By name in lower case. A name that ends in `*` stands for all that begin so; an exact name adds to its columns. */
export const headerTable: Readonly<Record<string, HeaderUse>> = {
  accept: { request: 'message', ignored: true, common: true },
  'accept-encoding': { request: 'gateway', common: true },
  'accept-language': { common: true },
  'accept-ranges': { answer: 'always', bytes: true },
  'access-control-*': { answer: 'never' },
  age: { answer: 'never' },
  'alt-svc': { answer: 'never' },
  authorization: { request: 'credential', ignored: true, once: true },
  'cache-control': { common: true, answer: 'made' },
  'cf-connecting-ip': { request: 'identity' },
  'clear-site-data': { answer: 'never' },
  connection: { request: 'gateway', common: true, answer: 'never' },
  'content-disposition': { answer: 'always' },
  'content-encoding': { request: 'message', once: true, answer: 'always', bytes: true },
  'content-language': { answer: 'always' },
  'content-length': { request: 'gateway', once: true, answer: 'always', bytes: true },
  'content-location': { answer: 'rewritten' },
  'content-range': { answer: 'always', bytes: true },
  'content-security-policy*': { answer: 'never' },
  'content-type': { request: 'message', ignored: true, once: true, answer: 'made' },
  cookie: { request: 'credential', once: true },
  'cross-origin-*': { answer: 'never' },
  date: { answer: 'never' },
  dpop: { once: true },
  etag: { answer: 'always' },
  expect: { request: 'gateway', once: true },
  expires: { answer: 'never' },
  'fastly-client-ip': { request: 'identity' },
  forwarded: { request: 'gateway' },
  host: { request: 'gateway', once: true },
  'http2-settings': { request: 'gateway' },
  'idempotency-key': { once: true },
  'if-match': { common: true, undocumented: 'precondition' },
  'if-modified-since': { undocumented: 'precondition' },
  'if-none-match': { common: true, undocumented: 'precondition' },
  'if-range': { undocumented: 'range' },
  'if-unmodified-since': { undocumented: 'precondition' },
  'keep-alive': { request: 'gateway', answer: 'never' },
  'last-modified': { answer: 'always' },
  link: { answer: 'never' },
  location: { answer: 'rewritten' },
  'max-forwards': { request: 'gateway' },
  nel: { answer: 'never' },
  origin: { once: true },
  pragma: { answer: 'never' },
  'proxy-*': { request: 'gateway', answer: 'never' },
  range: { undocumented: 'range' },
  referer: { common: true },
  'referrer-policy': { answer: 'never' },
  refresh: { answer: 'never' },
  'remote-user': { request: 'identity' },
  'report-to': { answer: 'never' },
  'reporting-endpoints': { answer: 'never' },
  'retry-after': { answer: 'always' },
  'sec-*': { request: 'identity' },
  'sec-fetch-dest': { common: true },
  'sec-fetch-mode': { common: true },
  'sec-fetch-site': { common: true },
  'sec-websocket-key': { once: true },
  server: { answer: 'never' },
  'server-timing': { answer: 'never' },
  'set-cookie': { request: 'message', answer: 'never' },
  'set-cookie2': { answer: 'never' },
  sourcemap: { answer: 'never' },
  'strict-transport-security': { answer: 'never' },
  te: { request: 'gateway', answer: 'never' },
  traceparent: { request: 'gateway', common: true, answer: 'never' },
  traceresponse: { answer: 'never' },
  tracestate: { request: 'gateway', answer: 'never' },
  trailer: { request: 'gateway', answer: 'never' },
  'transfer-encoding': { request: 'gateway', once: true, answer: 'never' },
  'true-client-ip': { request: 'identity' },
  upgrade: { request: 'gateway', once: true, answer: 'never' },
  'user-agent': { common: true },
  vary: { answer: 'made' },
  via: { request: 'gateway', answer: 'never' },
  'www-authenticate': { answer: 'never' },
  'x-accel-*': { answer: 'never' },
  'x-api-key': { once: true },
  'x-aspnet*': { answer: 'never' },
  'x-auth-*': { request: 'identity' },
  'x-authenticated-*': { request: 'identity' },
  'x-client-cert*': { request: 'identity' },
  'x-client-ip': { request: 'identity' },
  'x-cluster-client-ip': { request: 'identity' },
  'x-content-type-options': { answer: 'never' },
  'x-csrf': { once: true },
  'x-forwarded-*': { request: 'gateway' },
  'x-forwarded-for': { common: true },
  'x-forwarded-host': { common: true },
  'x-forwarded-proto': { common: true },
  'x-frame-options': { answer: 'never' },
  'x-gatewright-*': { request: 'own', answer: 'never' },
  'x-http-method*': { request: 'reroute' },
  'x-identity': { request: 'identity' },
  'x-method-override': { request: 'reroute' },
  'x-original-*': { request: 'reroute' },
  'x-powered-by': { answer: 'never' },
  'x-principal': { request: 'identity' },
  'x-real-ip': { request: 'identity' },
  'x-remote-user': { request: 'identity' },
  'x-request-id': { request: 'gateway', common: true, answer: 'never' },
  'x-rewrite-*': { request: 'reroute' },
  'x-runtime': { answer: 'never' },
  'x-sourcemap': { answer: 'never' },
  'x-ssl-client-cert*': { request: 'identity' },
  'x-subject': { request: 'identity' },
  'x-user': { request: 'identity' },
  'x-user-*': { request: 'identity' },
  'x-userid': { request: 'identity' },
  'x-username': { request: 'identity' },
}

const prefixes = Object.keys(headerTable)
  .filter((name) => name.endsWith('*'))
  .map((name) => name.slice(0, -1))

/** The columns of a name in any case; empty for a name that is not in the table. */
export function headerUse(name: string): HeaderUse {
  const lower = name.toLowerCase()
  const exact = Object.hasOwn(headerTable, lower) ? headerTable[lower] : undefined
  const prefix = prefixes.find((start) => lower.startsWith(start))
  return { ...(prefix === undefined ? {} : headerTable[`${prefix}*`]), ...exact }
}

/** The exact names of the table with a column, in its order and in lower case. */
export function headersWhere(has: (use: HeaderUse) => boolean): readonly string[] {
  return Object.entries(headerTable).flatMap(([name, use]) => (!name.endsWith('*') && has(use) ? [name] : []))
}

/**
 * A name that a gateway takes from clients (RFC 9110 section 5.1), without the characters that CGI and WSGI take for others
 * (rule P5).
 */
export function isHeaderName(name: string): boolean {
  return headerName.test(name)
}

/** A name that the gateway may write on a call. Services may have an `api_key`: only from clients is `_` a disguise. */
export function isOwnHeaderName(name: string): boolean {
  return ownHeaderName.test(name)
}

const headerName = /^[A-Za-z0-9-]+$/
const ownHeaderName = /^[A-Za-z0-9_-]+$/

/** Whether a client may send the field on to a service that documents it. */
export function isClientHeader(name: string): boolean {
  return isHeaderName(name) && headerUse(name).request === undefined
}

/** Whether a bind of the manifest may write the field of a call. */
export function isBindableHeader(name: string): boolean {
  const { request } = headerUse(name)
  return request === undefined || request === 'identity'
}

/** Whether a credential of the manifest may write the field of a call. */
export function isCredentialHeader(name: string): boolean {
  const { request } = headerUse(name)
  return isOwnHeaderName(name) && (request === undefined || request === 'identity' || request === 'credential')
}

/** Whether callers may send API keys in the field: it must have no other meaning in a request. */
export function isKeyHeader(name: string): boolean {
  const { request, once, common, undocumented } = headerUse(name)
  if (name.toLowerCase() === 'x-api-key') return true
  return isHeaderName(name) && request === undefined && !once && !common && undocumented === undefined
}

/** Whether a documented field of an answer reaches the client, as it is or as an address of the gateway. */
export function isAnswerHeader(name: string): boolean {
  const { answer } = headerUse(name)
  return answer !== 'never' && answer !== 'made'
}
