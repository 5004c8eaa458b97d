/** Parameters of these names are ignored, says OpenAPI (Parameter Object, `name`). */
export const ignoredByOpenApi: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization'])

/** What speaks of one connection (RFC 9110 section 7.6.1) or of the way to the gateway. */
const ofTheGateway =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|http2-settings|expect|max-forwards|host|content-length|accept-encoding|via|forwarded|x-forwarded-.*|x-request-id|traceparent|tracestate)$/

/**
 * How the message itself is to be read, and the gateway's cookies. Other `Content-` fields, such as the range of a chunk or its
 * digest, are metadata that a service may ask its clients for.
 */
const ofTheMessage = /^(?:content-(?:type|encoding)|accept|cookie|set-cookie)$/

/** Who the caller is and where from, which is the gateway's to say (rule H1). */
const identities =
  /^(?:x-real-ip|x-client-ip|x-cluster-client-ip|true-client-ip|cf-connecting-ip|fastly-client-ip|x-(?:ssl-)?client-cert.*|(?:x-)?remote-user|x-user(?:-.*|id|name)?|x-auth-.*|x-authenticated-.*|x-(?:identity|principal|subject)|x-gatewright-.*|sec-.*)$/

/** What makes some services act on another request than the one that was checked (rule R4). */
const reroutes = /^(?:x-original-.*|x-rewrite-.*|x-http-method.*|x-method-override)$/

/** Whether the gateway writes the header on every call, or in its place. Lower case, here and below. */
export function isWrittenByGateway(name: string): boolean {
  return ofTheGateway.test(name)
}

/** Whether no client may send the header on to a service, whatever the spec declares. */
export function isReservedHeader(name: string): boolean {
  return ofTheMessage.test(name) || identities.test(name) || reroutes.test(name)
}

/** Whether nothing in the manifest may write the header either, be it a credential or a bind. */
export function isFramingHeader(name: string): boolean {
  return ofTheGateway.test(name) || ofTheMessage.test(name) || name.startsWith('x-gatewright-')
}

/** RFC 9110 section 5.1, without the characters that CGI and WSGI take for others (rule P5). */
export function isHeaderName(name: string): boolean {
  return /^[A-Za-z0-9-]+$/.test(name)
}

/** A name that the gateway may write on a call: a service's own `api_key` is no disguise when it is the gateway that sends it. */
export function isOwnHeaderName(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name)
}
