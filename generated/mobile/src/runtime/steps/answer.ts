import { createCacheFields } from '../answers/cacheControl.ts'
import { createEndings, isWhole } from '../answers/endings.ts'
import type { ErrorFields, Fields } from '../answers/errorFields.ts'
import type { AnswerHeaders } from '../answers/headers.ts'
import { rewriteLinks } from '../answers/links.ts'
import type { LocationRewriter } from '../answers/location.ts'
import type { PublicBase } from '../answers/publicBase.ts'
import { originOf, type RedirectTest } from '../answers/redirects.ts'
import type { Exchange, Outcome } from '../exchange/exchange.ts'
import type { Responder } from '../http/responder.ts'
import type { Observer } from '../observe/observer.ts'
import { type EntityTags, markTag } from '../support/entityTags.ts'
import { lineOf } from '../support/fieldLists.ts'
import type { AnswerFields, ServiceAnswer } from '../upstream/answer.ts'
import type { ServiceRequest } from '../upstream/request.ts'
import { createContentType } from '../words/mediaTypes.ts'
import { problem } from '../words/problems.ts'
import { parseUrl } from '../words/urls.ts'

/** Data of a route for its answers, prepared once. */
export interface PreparedAnswer {
  readonly headers: AnswerHeaders
  readonly errors: ErrorFields
  readonly tags: Pick<EntityTags, 'confirmed'>
  readonly rewrite: LocationRewriter
  /** The test of redirects that are not to a route; `null`: none may pass. */
  readonly redirect: RedirectTest | null
}

const brokenOff = problem('bad-gateway', { reason: 'service-closed' })
const noRedirect = problem('bad-gateway', { reason: 'answer-redirect' })
const redirections: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Whether a client may follow the `Location` of an answer (RFC 9110 section 15.4). */
const redirectionOf = (status: number): boolean => status === 300 || redirections.has(status)

/** Writes a service's answer: its status, its allowed headers (rule O1), and its body as set by `shape`. */
export function createAnswer(
  responder: Responder,
  base: PublicBase,
  observer: Pick<Observer, 'redirectRefused'>,
): (exchange: Exchange, prepared: PreparedAnswer) => Outcome {
  const plainContentType = createContentType()
  const pushCacheFields = createCacheFields()
  const end = createEndings()

  return (exchange, prepared) => {
    const { answer, request, req, res } = exchange
    if (answer === null || request === null) throw new Error('the step `answer` ran without an answer')
    const { body, headers, treatment } = answer
    const { status } = treatment
    // HEAD has the fields of GET (RFC 9110 section 9.3.2).
    const shown = treatment.kind === 'empty' ? (treatment.get ?? treatment) : treatment
    const whole = isWhole(body) ? body : null
    const stream = isWhole(body) ? null : body
    if (stream?.failed) return brokenOff

    const own = status < 400 ? null : prepared.errors.own(status, headers)
    const fields = copyFields(headers, prepared.headers.allowed(status, shown.kind === 'pass'), own)
    const tag = one(headers['etag'])
    if (tag !== undefined) fields.push('etag', status === 304 ? prepared.tags.confirmed(tag, req) : tagFor(tag, shown))
    if (own !== null) for (const name of Object.keys(own)) fields.push(name, own[name] ?? '')
    const links = prepared.headers.links(status)
    const addresses = rewriteAddresses(exchange, answer, request, prepared.rewrite, base, links)
    // A redirection leads to a route of the client, or to a host that the manifest lists; redirections are never followed (rule O3).
    if (status >= 300 && status < 400 && addresses[0] !== 'location') {
      const given = one(headers['location'])
      const passed = redirectionOf(status) && given !== undefined ? (prepared.redirect?.(given) ?? null) : null
      if (passed !== null) fields.push('location', passed)
      else if (redirections.has(status) || (status === 300 && given !== undefined && prepared.redirect !== null)) {
        observer.redirectRefused({
          requestId: exchange.requestId,
          route: exchange.match?.route.id ?? '',
          to: given === undefined ? 'no single address' : originOf(given),
        })
        stream?.discard()
        return noRedirect
      }
    }
    fields.push(...addresses)

    const type = plainContentType(one(headers['content-type']))
    if (body !== null || shown.kind !== 'empty') fields.push('content-type', type)
    const events = shown.kind === 'pass' && type.startsWith('text/event-stream')
    if (events) fields.push('cache-control', 'no-store', 'x-accel-buffering', 'no')
    else pushCacheFields(headers, exchange.principal !== null, fields)
    if (shown !== treatment) fields.push(...lengthOfChecked(shown, headers))
    if (whole !== null) {
      exchange.bytes = whole.length
      fields.push('content-length', String(whole.length))
    }
    if (shown.kind === 'empty' && status !== 204 && status !== 304 && (shown !== treatment || req.method !== 'HEAD'))
      fields.push('content-length', '0')

    responder.head(exchange, status, fields, lineOf(headers['vary']))
    if (status >= 400) exchange.reason = 'service-refused'
    // The response has the body now.
    if (whole !== null) answer.body = null
    if (stream === null) end(res, whole)
    else stream.pipe(exchange, end)
    return 'answered'
  }
}

/**
 * The fields that are copied, without those of `own` and the entity tag. `Content-Length` is last: Node.js recodes a
 * `Content-Disposition` that follows it, and refuses or changes bytes that are not ASCII.
 */
function copyFields(headers: AnswerFields, names: ReadonlySet<string>, own: Fields | null): string[] {
  const fields: string[] = []
  let length: string | string[] | undefined
  for (const name of Object.keys(headers)) {
    if (!names.has(name) || name === 'etag' || (own !== null && Object.hasOwn(own, name))) continue
    const value = headers[name]
    if (name === 'content-length') length = value
    else if (typeof value === 'string') fields.push(name, value)
    else for (const each of value ?? []) fields.push(name, each)
  }
  if (typeof length === 'string') fields.push('content-length', length)
  return fields
}

/** `Content-Length` for HEAD of a body that is read, but stays as the service sent it. */
function lengthOfChecked(shown: ServiceAnswer['treatment'], headers: AnswerFields): readonly string[] {
  const length = one(headers['content-length'])
  const isUnchanged = shown.kind === 'project' && shown.id === null && headers['content-encoding'] === undefined
  return isUnchanged && length !== undefined ? ['content-length', length] : none
}

/** The entity tag of an answer. A body that is projected is another content than the service's. */
function tagFor(tag: string, shown: ServiceAnswer['treatment']): string {
  return shown.kind === 'project' && shown.id !== null ? markTag(tag, shown.id) : tag
}

/** The fields with addresses, with those of the gateway. `links`: whether `Link` is one of them. */
function rewriteAddresses(
  exchange: Exchange,
  { headers }: ServiceAnswer,
  { path, headers: sent }: ServiceRequest,
  rewrite: LocationRewriter,
  base: PublicBase,
  links: boolean,
): readonly string[] {
  const link = links ? lineOf(headers['link']) : undefined
  if (headers['location'] === undefined && headers['content-location'] === undefined && link === undefined) return none
  const host = sent['x-forwarded-host']
  const from = host === undefined ? null : parseUrl(`${String(sent['x-forwarded-proto'])}://${String(host)}`)
  const addressOf = (given: string): string | null => {
    const own = rewrite(given, path, from)
    return own === null ? null : base(exchange) + own
  }
  const fields = ['location', 'content-location'].flatMap((name) => {
    const given = one(headers[name])
    const own = given === undefined ? null : addressOf(given)
    return own === null ? [] : [name, own]
  })
  const own = link === undefined ? null : rewriteLinks(link, addressOf)
  return own === null ? fields : [...fields, 'link', own]
}

const none: readonly string[] = []

/** The value of a field that may occur once; `undefined` if it is repeated. */
function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
