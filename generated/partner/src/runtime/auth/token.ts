import { isUtf8 } from 'node:buffer'
import { isMembers, type Members } from '../support/values.ts'
import type { Reason } from '../words/reasons.ts'

/** Content of a JSON Web Token before its signature is checked; not trusted. */
export interface UnverifiedToken {
  readonly kind: 'token'
  readonly text: string
  readonly algorithm: string
  readonly kid: string | undefined
  /** Lower case, without `application/`; `''` when there is none. */
  readonly type: string
  readonly issuer: string
  readonly claims: Members
  /** What is signed: header and payload as they were sent. */
  readonly input: Buffer
  readonly signature: Buffer
}

/** Why a token is refused; for the log, never for the caller. */
export interface TokenFault {
  readonly kind: 'fault'
  readonly reason: Reason<'unauthenticated'>
  readonly detail: string | undefined
}

const maxLength = 8_192

/**
 * Checks a token's format before any cryptography (rules J2, J3): length, exactly three segments (so no JWE), each in canonical
 * base64url, and a header without extensions (`crit`, `zip`, `b64`). Keys that a header contains or references (`jku`, `jwk`,
 * `x5u`, `x5c`) are ignored.
 */
export function readToken(token: string): UnverifiedToken | TokenFault {
  if (token.length > maxLength) return malformed('too long')
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first === -1 || second === -1 || token.includes('.', second + 1)) return malformed('not three segments')
  const headerBytes = canonicalBytes(token.slice(0, first))
  const payloadBytes = canonicalBytes(token.slice(first + 1, second))
  const signature = canonicalBytes(token.slice(second + 1))
  if (headerBytes === null || payloadBytes === null || signature === null) {
    return malformed('not canonical base64url')
  }
  const members = jsonObject(headerBytes)
  const claims = jsonObject(payloadBytes)
  if (members === null || claims === null) return malformed('not JSON objects')

  const { alg, kid, typ, crit, zip, b64 } = members
  if (typeof alg !== 'string') return malformed('no algorithm')
  if (kid !== undefined && typeof kid !== 'string') return malformed('key id is not text')
  if (typ !== undefined && typeof typ !== 'string') return malformed('type is not text')
  if (crit !== undefined || zip !== undefined || b64 !== undefined) return malformed('header asks for an extension')
  if (typeof claims['iss'] !== 'string') return malformed('no issuer')
  const type = (typ ?? '').toLowerCase().replace(/^application\//, '')
  const input = Buffer.from(token.slice(0, second), 'latin1')
  return { kind: 'token', text: token, algorithm: alg, kid, type, issuer: claims['iss'], claims, input, signature }
}

/** The claims of a token that `readToken` has read. */
export function claimsOf(token: string): Members {
  const bytes = Buffer.from(token.slice(token.indexOf('.') + 1, token.lastIndexOf('.')), 'base64url')
  return jsonObject(bytes) ?? {}
}

export function fault(reason: TokenFault['reason'], detail?: string): TokenFault {
  return { kind: 'fault', reason, detail }
}

/** The fault of a token that cannot be read. */
function malformed(detail: string): TokenFault {
  return fault('token-malformed', detail)
}

/** `null`: empty, or not canonical base64url (RFC 4648 section 5): padding, spaces, or non-zero trailing bits. */
function canonicalBytes(segment: string): Buffer | null {
  const bytes = Buffer.from(segment, 'base64url')
  return bytes.length > 0 && bytes.toString('base64url') === segment ? bytes : null
}

function jsonObject(bytes: Buffer): Members | null {
  if (!isUtf8(bytes)) return null
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return isMembers(value) ? value : null
  } catch {
    return null
  }
}
