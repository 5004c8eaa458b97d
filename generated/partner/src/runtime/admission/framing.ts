import { type Problem, problem } from '../words/problems.ts'

const malformed = problem('malformed-request', { close: true, reason: 'framing-ambiguous' })

/**
 * The framing of a body must be unambiguous (RFC 9112 section 6.1): `Transfer-Encoding` is exactly `chunked`, in HTTP/1.1,
 * and without `Content-Length`.
 */
export function checkFraming(
  httpVersion: string,
  transferEncoding: string | undefined,
  contentLength: string | undefined,
): Problem | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return malformed
  if (transferEncoding === undefined) return undefined
  if (transferEncoding !== 'chunked' || httpVersion !== '1.1' || contentLength !== undefined) return malformed
  return undefined
}
