import type { HeadLimits } from '../vocabulary.ts'
import { headersWhere, isHeaderName } from '../words/headers.ts'
import { type Problem, problem } from '../words/problems.ts'

/** Maximum number of header fields of a request (rule P6). */
const maxHeaders = 100
/** Bytes of a field line besides its name and value: colon, space and line end. */
const lineBytes = 4

const malformed = problem('malformed-request', { close: true, reason: 'header-invalid' })

const titled = (name: string): string => name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase())

/**
 * Makes the check of header fields as received (name, value, name, value, ...). Node.js has already refused control characters in
 * values, but accepts names that other programs treat as a different field (`X_User_Id`). `secrets` are further names that may
 * occur only once, such as the header of an API key. `limits`: bytes of all fields, and of `Cookie` (rule P6).
 */
export function createHeaderCheck(
  secrets: readonly string[],
  limits: Pick<HeadLimits, 'fields' | 'cookie'>,
): (rawHeaders: readonly string[]) => Problem | undefined {
  const bits = new Map<string, number>()
  for (const name of headersWhere(({ common }) => common === true)) bits.set(name, 0).set(titled(name), 0)
  const singletons = headersWhere(({ once }) => once === true)
  const unique = [...new Set([...singletons, ...secrets.map((name) => name.toLowerCase())])]
  for (const [i, name] of unique.entries()) bits.set(name, 1 << i).set(titled(name), 1 << i)

  return (rawHeaders) => {
    if (rawHeaders.length > 2 * maxHeaders) return problem('headers-too-large', { close: true })
    let seen = 0
    let bytes = 0
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name = rawHeaders[i] ?? ''
      const value = rawHeaders[i + 1] ?? ''
      let bit = bits.get(name)
      if (bit === undefined) {
        if (!isHeaderName(name)) return malformed
        bit = bits.get(name.toLowerCase()) ?? 0
      }
      if ((seen & bit) !== 0) return malformed
      seen |= bit
      bytes += name.length + value.length + lineBytes
      if (value.length > limits.cookie && name.toLowerCase() === 'cookie')
        return problem('headers-too-large', { close: true })
    }
    return bytes > limits.fields ? problem('headers-too-large', { close: true }) : undefined
  }
}
