import { lineOf, listMembers } from '../support/fieldLists.ts'
import { parseHttpDate } from '../support/httpDate.ts'
import type { AnswerFields } from '../upstream/answer.ts'

/** `Cache-Control` of a service, as far as it matters here. */
interface Directives {
  /** Every member is a well-formed directive (RFC 9111 section 5.2). */
  readonly isReadable: boolean
  /** The answer is for one caller, or not to be stored at all: `private` or `no-store` without a value. */
  readonly isPrivate: boolean
  /** A shared cache may store it nevertheless. */
  readonly isShared: boolean
  /** It has an age limit, so `Expires` does not count (RFC 9111 section 5.3). */
  readonly hasAge: boolean
}

const directive = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:=([!#$%&'*+.^_`|~0-9A-Za-z-]+|"(?:[\t !#-[\]-~]|\\[\t -~])*"))?$/
const ages: ReadonlySet<string> = new Set(['max-age', 's-maxage', 'stale-while-revalidate', 'stale-if-error'])
const flags: ReadonlySet<string> = new Set(['no-store', 'must-revalidate', 'proxy-revalidate', 'public'])

/** `null`: there are none. */
function readDirectives(text: string): Directives | null {
  let isReadable = true
  const found = new Map<string, string | undefined>()
  for (const part of listMembers(text)) {
    const [, name = '', value] = directive.exec(part) ?? []
    const lower = name.toLowerCase()
    if (name === '' || !fits(lower, value)) isReadable = false
    else found.set(lower, value)
  }
  const isPlain = (name: string): boolean => found.has(name) && found.get(name) === undefined
  if (found.size === 0 && isReadable) return null
  return {
    isReadable,
    isPrivate: isPlain('private') || isPlain('no-store'),
    isShared: found.has('public') || found.has('s-maxage'),
    hasAge: found.has('max-age'),
  }
}

/** Whether a known directive has a value of its kind. Unknown directives are ignored (RFC 9111 section 5.2.3). */
function fits(name: string, value: string | undefined): boolean {
  if (ages.has(name)) return value !== undefined && /^(?:[0-9]+|"[0-9]+")$/.test(value)
  return value === undefined || !flags.has(name)
}

/**
 * Makes the function that adds the cache fields of an answer to `fields`. One to an authenticated caller must not be stored in a shared
 * cache (rule C3): the service's `Cache-Control` is used if it has `private` or `no-store`. Otherwise an answer with a validator and no
 * `Cache-Control` may be stored by the browser and is revalidated each time, so that 304 works; any other is not stored. One to an
 * anonymous caller has the fields of the service. A restriction that cannot be read makes it `no-store`. `Expires` is sent wherever
 * it counts: without it a browser would guess how long a `private` answer is fresh.
 */
export function createCacheFields(
  clock: () => number = Date.now,
): (headers: AnswerFields, authenticated: boolean, fields: string[]) => void {
  let last: string | undefined
  let known: Directives | null = null
  /** Services repeat a few values, so the last one is kept. */
  const directivesOf = (text: string): Directives | null => {
    if (text !== last) {
      known = readDirectives(text)
      last = text
    }
    return known
  }

  return (headers, authenticated, fields) => {
    const text = lineOf(headers['cache-control'])
    const directives = text === undefined ? null : directivesOf(text)
    if (text === undefined || directives === null) {
      const value = authenticated ? withoutDirectives(headers) : staleness(headers, clock, fields)
      if (value !== null) fields.push('cache-control', value)
      return
    }
    const { isReadable, isPrivate, isShared, hasAge } = directives
    const isUsed = isReadable && (!authenticated || (isPrivate && !isShared))
    fields.push('cache-control', isUsed ? text : 'no-store')
    if (isUsed && !hasAge) pushExpires(headers['expires'], fields)
  }
}

/** For an authenticated caller. */
function withoutDirectives(headers: AnswerFields): string {
  return headers['etag'] === undefined && headers['last-modified'] === undefined ? 'no-store' : 'private, no-cache'
}

/** `no-cache` for an answer that is stale from the start, else `null`; an `Expires` in the future is passed on. */
function staleness(headers: AnswerFields, clock: () => number, fields: string[]): string | null {
  const pragma = lineOf(headers['pragma'])
  if (pragma !== undefined && /(?:^|,)[\t ]*no-cache[\t ]*(?:$|,)/i.test(pragma)) return 'no-cache'
  const expires = headers['expires']
  if (expires === undefined) return null
  if ((dateOf(expires) ?? 0) <= clock()) return 'no-cache'
  pushExpires(expires, fields)
  return null
}

/** Adds `Expires`: a date, or `0` for anything else, which means that the answer is stale (RFC 9111 section 5.3). */
function pushExpires(expires: string | string[] | undefined, fields: string[]): void {
  if (expires !== undefined) fields.push('expires', dateOf(expires) === null ? '0' : String(expires))
}

function dateOf(field: string | string[]): number | null {
  return typeof field === 'string' ? parseHttpDate(field) : null
}
