/**
 * Fields of an answer that no client sees, documented or not: what speaks of the connection or of the service's own place, and what
 * is the gateway's to say (rules O1, O7). The runtime holds the same rule; a test keeps the two in step.
 */
const never =
  /^(?:server|via|age|date|x-powered-by|x-aspnet.*|x-runtime|set-cookie2?|access-control-.*|alt-svc|link|sourcemap|x-sourcemap|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-type|content-location|cache-control|pragma|expires|vary|x-request-id|traceparent|tracestate|traceresponse|server-timing|nel|report-to|reporting-endpoints|www-authenticate|strict-transport-security|content-security-policy.*|x-content-type-options|x-frame-options|referrer-policy|cross-origin-.*|x-gatewright-.*|x-accel-.*|clear-site-data|refresh)$/

/** Whether a documented field of an answer may reach the client. `Location` does, where it leads to a route of the gateway. */
export function passes(header: string): boolean {
  return !never.test(header.toLowerCase())
}
