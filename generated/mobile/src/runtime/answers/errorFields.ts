import { parseHttpDate } from '../support/httpDate.ts'
import type { AnswerFields } from '../upstream/answer.ts'
import type { Concern } from '../words/unauthorized.ts'
import { challengesOf, isForScripts, isForToken } from './challenges.ts'

/** Fields by name in lower case. */
export type Fields = Readonly<Record<string, string>>

/** The fields that an error must have besides its body (RFC 9110 section 15.5). Made once for each route. */
export interface ErrorFields {
  /** Whether a service's 401 concerns the caller; otherwise it refuses the gateway's own credential. */
  concernsCaller(headers: AnswerFields): boolean
  /** The fields that the gateway writes in place of the service's, whatever becomes of the body. */
  own(status: number, headers: AnswerFields): Fields
  /** The fields of a problem that replaces the service's answer. */
  ofProblem(status: number, headers: AnswerFields): Fields
}

export interface ErrorFieldsOptions {
  readonly concern: Concern
  /** Whether the service's challenges are about a token of the caller. Absent: they are. */
  readonly relays?: boolean
  /** The gateway's own challenge for the caller's token. */
  readonly challenge: string
  /** `Allow` for a service's 405 with this `Allow`. */
  readonly allow: (field: string | string[] | undefined) => string
}

const none: Fields = Object.freeze({})
/** `Content-Range` of an unsatisfied range: unit and complete length (RFC 9110 section 14.4). */
const unsatisfied = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ \*\/[0-9]{1,18}$/

export function createErrorFields({ concern, relays = true, challenge, allow }: ErrorFieldsOptions): ErrorFields {
  const own = (status: number, headers: AnswerFields): Fields => {
    switch (status) {
      case 401:
      case 403: {
        const value = challengeFor(concern, status, relays ? headers['www-authenticate'] : undefined, challenge)
        return value === null ? none : { 'www-authenticate': value }
      }
      case 405:
        return { allow: allow(headers['allow']) }
      case 416: {
        const range = headers['content-range']
        return typeof range === 'string' && unsatisfied.test(range) ? { 'content-range': range } : none
      }
      default:
        return none
    }
  }
  return {
    concernsCaller: (headers) =>
      concern === 'caller' ||
      concern === 'pass' ||
      (concern === 'named' && challengesOf(headers['www-authenticate']).some(isForToken)),
    own,
    ofProblem(status, headers) {
      const fields = own(status, headers)
      const retry = retryAfter(headers['retry-after'])
      return retry === null ? fields : { ...fields, 'retry-after': retry }
    },
  }
}

/** For calls that are not made for one caller: no error is about a token. */
export const gatewayErrors: ErrorFields = createErrorFields({ concern: 'gateway', challenge: '', allow: () => '' })

/** `WWW-Authenticate` of a 401 or 403 that concerns the caller; `null`: none. A 401 about the caller's token always has one. */
function challengeFor(concern: Concern, status: number, given: AnswerFields[string], otherwise: string): string | null {
  if (concern === 'gateway') return null
  const all = challengesOf(given)
  const shown = all.filter(concern === 'pass' ? isForScripts : isForToken).map(({ text }) => text)
  if (shown.length > 0) return shown.join(', ')
  return status === 401 && concern !== 'pass' ? otherwise : null
}

/** `Retry-After` as seconds or as a date (RFC 9110 section 10.2.3); `null`: it is neither. */
function retryAfter(value: string | string[] | undefined): string | null {
  if (typeof value !== 'string') return null
  if (/^[0-9]{1,9}$/.test(value)) return value
  const date = parseHttpDate(value)
  return date === null ? null : new Date(date).toUTCString()
}
