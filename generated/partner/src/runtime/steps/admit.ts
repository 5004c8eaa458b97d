import type { RemoveBase } from '../admission/basePath.ts'
import { checkFraming } from '../admission/framing.ts'
import { createHeaderCheck } from '../admission/headers.ts'
import { isOtherProtocol } from '../admission/protocol.ts'
import { isCleanQuery, readTarget } from '../admission/target.ts'
import type { Step } from '../exchange/exchange.ts'
import { mountOf } from '../exchange/mount.ts'
import { hasEncodedSlash, slashRefused } from '../matching/slashes.ts'
import type { HeadLimits } from '../vocabulary.ts'
import { isCleanPath } from '../words/cleanPath.ts'
import { problem } from '../words/problems.ts'

/** A part of paths that is removed before the gateway finds what they lead to. */
export interface BaseInPaths {
  readonly remove: RemoveBase
  /** Whether a path without it is admitted: a probe calls the gateway without the proxy that adds it. */
  isOptional(path: string): boolean
}

const nothing = problem('not-found')
const malformed = problem('malformed-request', { reason: 'target-invalid' })
const otherProtocol = problem('malformed-request', { reason: 'protocol-unsupported' })
const unknownMethod = problem('method-not-allowed', {
  headers: { allow: 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT' },
  close: true,
})

/**
 * Refuses ambiguous requests (rules P1, P3, P5, P6, R1, R5) and sets the path and query of the exchange. `secrets` are the
 * headers that carry credentials. `semicolons`: whether any route takes matrix parameters. `base`: what stands before the paths of
 * the gateway in those that it gets, which its own endpoints may lack; `null`: nothing. `allowsSlashes`: whether a route allows the encoded
 * slashes of a path; `null`: none does.
 */
export function createAdmit(
  secrets: readonly string[],
  semicolons: boolean,
  base: BaseInPaths | null,
  limits: HeadLimits,
  allowsSlashes: ((path: string) => boolean) | null = null,
): Step {
  const checkHeaders = createHeaderCheck(secrets, limits)
  return (exchange) => {
    const { req } = exchange
    const refusal =
      checkHeaders(req.rawHeaders) ??
      checkFraming(req.httpVersion, req.headers['transfer-encoding'], req.headers['content-length'])
    if (refusal !== undefined) return refusal
    if (isOtherProtocol(req, limits.target)) return otherProtocol

    const method = req.method ?? ''
    if (!methods.has(method)) return unknownMethod
    const target = readTarget(method, req.url ?? '', req.headers.host, limits)
    if ('kind' in target) return target
    const slashed = hasEncodedSlash(target.path)
    if (target.path !== '*' && !isCleanPath(target.path, slashed)) return malformed
    if (slashed && allowsSlashes === null) return slashRefused()
    if (!semicolons && target.path.includes(';')) return malformed
    if (target.query !== '' && !isCleanQuery(target.query)) return malformed
    exchange.path = target.path
    if (base !== null && target.path !== '*') {
      const path = base.remove(target.path, mountOf(req))
      if (path === null && !base.isOptional(target.path)) return nothing
      exchange.path = path ?? target.path
    }
    if (slashed && allowsSlashes?.(exchange.path) === false) return slashRefused()
    exchange.query = target.query
    return undefined
  }
}

/** Other methods that Node.js can parse, such as TRACE and CONNECT, are refused. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
