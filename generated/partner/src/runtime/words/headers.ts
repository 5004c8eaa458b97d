/** How a gateway treats a header field of one name: a column for each use. An omitted column has the default value. */
export interface HeaderUse {
  /**
   * Source of the field in a request to a service. Omitted: the client, where the operation documents the field. `gateway`:
   * describes one connection (RFC 9110 section 7.6.1) or the path to the gateway, which writes or omits it. `message`: defines
   * how the message is parsed. `credential`: carries credentials. `identity`: identifies the caller or the source of the request
   * (rule H1). `reroute`: makes some services process another request than the one that was checked (rule R4). `own`: reserved
   * for the gateway; neither clients nor the manifest can set it.
   */
  readonly request?: 'gateway' | 'message' | 'credential' | 'identity' | 'reroute' | 'own'
  /** OpenAPI ignores header parameters of this name (Parameter Object, `name`). */
  readonly ignored?: true
  /** A request may have the field once; a second field line is refused (rule P3). */
  readonly once?: true
  /** Occurs in most requests, so the check of requests finds it without converting its case. */
  readonly common?: true
  /** Forwarded to a service without being documented. `range`: only where the body of the answer passes unchanged. */
  readonly undocumented?: 'precondition' | 'range'
  /**
   * Whether the field of a service's answer reaches the client. Omitted: where the operation documents it. `made`: the gateway
   * writes its own. `rewritten`: rewritten to an address of the gateway, or removed where there is none (rule O3). `linked`: its
   * addresses are rewritten where the operation documents it, and those without one removed. `never`: describes the connection or the service's server, or is set by the gateway alone (rules O1, O7).
   */
  readonly answer?: 'always' | 'made' | 'rewritten' | 'linked' | 'never'
  /** Describes the bytes of an answer, so it is sent only with a body that passes unchanged. */
  readonly bytes?: true
}

/** By name in lower case. A name that ends in `*` covers all names with that prefix; an exact name adds columns to it. */
export const headerTable: Readonly<Record<string, HeaderUse>> = {
  accept: { request: 'message', ignored: true, common: true },
  'accept-encoding': { request: 'gateway', common: true },
  'accept-language': { common: true },
  'accept-ranges': { answer: 'always', bytes: true },
  'access-control-*': { answer: 'never' },
  age: { answer: 'always' },
  allow: { answer: 'made' },
  'alt-svc': { answer: 'never' },
  authorization: { request: 'credential', ignored: true, once: true },
  'cache-control': { common: true, answer: 'made' },
  'cf-connecting-ip': { request: 'identity' },
  'clear-site-data': { answer: 'never' },
  connection: { request: 'gateway', common: true, answer: 'never' },
  'content-digest': { bytes: true },
  'content-disposition': { answer: 'always' },
  'content-encoding': { request: 'message', once: true, answer: 'always', bytes: true },
  'content-language': { answer: 'always' },
  'content-length': { request: 'gateway', once: true, answer: 'always', bytes: true },
  'content-location': { answer: 'rewritten' },
  'content-md5': { bytes: true },
  'content-range': { answer: 'always', bytes: true },
  'content-security-policy*': { answer: 'never' },
  'content-type': { request: 'message', ignored: true, once: true, answer: 'made' },
  cookie: { request: 'credential', once: true },
  'cross-origin-*': { answer: 'never' },
  date: { answer: 'never' },
  digest: { bytes: true },
  dpop: { once: true },
  etag: { answer: 'always' },
  expect: { request: 'gateway', once: true },
  expires: { answer: 'made' },
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
  link: { answer: 'linked' },
  location: { answer: 'rewritten' },
  'max-forwards': { request: 'gateway' },
  nel: { answer: 'never' },
  origin: { once: true },
  pragma: { answer: 'made' },
  'proxy-*': { request: 'gateway', answer: 'never' },
  range: { undocumented: 'range' },
  referer: { common: true },
  'referrer-policy': { answer: 'never' },
  refresh: { answer: 'never' },
  'remote-user': { request: 'identity' },
  'report-to': { answer: 'never' },
  'reporting-endpoints': { answer: 'never' },
  'repr-digest': { bytes: true },
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
  'www-authenticate': { answer: 'made' },
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

/** The exact names whose columns satisfy `has`, in the order of the table and in lower case. */
export function headersWhere(has: (use: HeaderUse) => boolean): readonly string[] {
  return Object.entries(headerTable).flatMap(([name, use]) => (!name.endsWith('*') && has(use) ? [name] : []))
}

/**
 * Whether a gateway accepts the field name from clients (RFC 9110 section 5.1). Characters that CGI and WSGI map to others are
 * excluded (rule P5).
 */
export function isHeaderName(name: string): boolean {
  return headerName.test(name)
}

/**
 * Whether the gateway may write the field name on a call. `_` is allowed, because services use names such as `api_key`. It is
 * refused only from clients, where it can imitate `-`.
 */
export function isOwnHeaderName(name: string): boolean {
  return ownHeaderName.test(name)
}

const headerName = /^[A-Za-z0-9-]+$/
const ownHeaderName = /^[A-Za-z0-9_-]+$/

/** Whether the field of a client is forwarded to a service that documents it. */
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

/** Whether a documented field of an answer reaches the client, unchanged or rewritten to an address of the gateway. */
export function isAnswerHeader(name: string): boolean {
  const { answer } = headerUse(name)
  return answer !== 'never' && answer !== 'made'
}
