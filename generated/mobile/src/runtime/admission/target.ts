import type { HeadLimits } from '../vocabulary.ts'
import { type Problem, problem } from '../words/problems.ts'

const malformed = problem('malformed-request', { close: true, reason: 'target-invalid' })

type Limits = Pick<HeadLimits, 'target' | 'path'>

export interface Target {
  readonly path: string
  /** Without `?`; `''` where there is none. */
  readonly query: string
}

/** `*` is the target of a server-wide OPTIONS. */
export const asterisk: Target = { path: '*', query: '' }

/**
 * Reads a request target (RFC 9112 section 3.2): origin form, absolute form for the same `Host`, or `*` with OPTIONS. It must
 * be within the limits (rule P6).
 */
export function readTarget(method: string, target: string, host: string | undefined, limits: Limits): Target | Problem {
  if (target.length > limits.target) return problem('uri-too-long')
  if (target === '*') return method === 'OPTIONS' ? asterisk : malformed
  let from = 0
  if (target.charCodeAt(0) !== 0x2f) {
    const absolute = /^https?:\/\/([^/?#]+)/i.exec(target)
    if (absolute?.[1] === undefined || absolute[1].toLowerCase() !== host?.toLowerCase()) return malformed
    from = absolute[0].length
  }
  const mark = target.indexOf('?', from)
  const path = target.slice(from, mark < 0 ? undefined : mark)
  if (path.length > limits.path) return problem('uri-too-long')
  return { path: path === '' ? '/' : path, query: mark < 0 ? '' : target.slice(mark + 1) }
}

/** A query may contain any visible ASCII character except `#`. Its parameters are checked in `validate`. */
export function isCleanQuery(query: string): boolean {
  return !/[^\x21\x22\x24-\x7e]/.test(query)
}
