import { createEndings, isWhole } from '../answers/endings.ts'
import type { AnswerHeaders } from '../answers/headers.ts'
import { cacheControl } from '../answers/headers.ts'
import type { LocationRewriter } from '../answers/location.ts'
import type { Exchange, Outcome } from '../exchange/exchange.ts'
import type { Responder } from '../http/responder.ts'
import type { ServiceAnswer } from '../upstream/answer.ts'
import { createContentType } from '../words/mediaTypes.ts'
import { problem } from '../words/problems.ts'

/** Data of a route for its answers, prepared once. */
export interface PreparedAnswer {
  readonly headers: AnswerHeaders
  readonly rewrite: LocationRewriter
}

const bad = problem('bad-gateway')
const redirections: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Writes a service's answer: its status, its allowed headers (rule O1), and its body as set by `shape`. */
export function createAnswer(responder: Responder): (exchange: Exchange, prepared: PreparedAnswer) => Outcome {
  const plainContentType = createContentType()
  const end = createEndings()

  return (exchange, prepared) => {
    const { answer, request, res } = exchange
    if (answer === null || request === null) return problem('internal')
    const { body, headers } = answer
    const { status } = answer.treatment
    const whole = isWhole(body) ? body : null
    const stream = isWhole(body) ? null : body
    if (stream?.failed) return bad

    const fields = copyFields(answer, prepared.headers)
    const locations = rewriteLocations(answer, request.path, prepared.rewrite)
    // A redirection to an address without a route of the client is refused; redirections are never followed (rule O3).
    if (redirections.has(status) && !locations.includes('location')) {
      stream?.discard()
      return bad
    }
    fields.push(...locations)

    const type = plainContentType(one(headers['content-type']))
    if (body !== null) fields.push('content-type', type)
    const events = stream !== null && type.startsWith('text/event-stream')
    const cache = events ? 'no-store' : cacheOf(exchange, answer)
    if (cache !== undefined) fields.push('cache-control', cache)
    if (events) fields.push('x-accel-buffering', 'no')
    if (whole !== null) {
      exchange.bytes = whole.length
      fields.push('content-length', String(whole.length))
    }
    if (body === null && status !== 204 && status !== 304 && exchange.req.method !== 'HEAD')
      fields.push('content-length', '0')

    responder.head(exchange, status, fields, list(headers['vary']))
    if (stream === null) end(res, whole)
    else stream.pipe(exchange, end)
    return 'answered'
  }
}

function copyFields({ headers, treatment }: ServiceAnswer, { allowed }: AnswerHeaders): string[] {
  const names = allowed(treatment.status, treatment.kind === 'pass')
  const fields: string[] = []
  for (const name of Object.keys(headers)) {
    if (!names.has(name)) continue
    const value = headers[name]
    if (typeof value === 'string') fields.push(name, value)
    else for (const each of value ?? []) fields.push(name, each)
  }
  return fields
}

function rewriteLocations({ headers }: ServiceAnswer, requested: string, rewrite: LocationRewriter): readonly string[] {
  if (headers['location'] === undefined && headers['content-location'] === undefined) return none
  return ['location', 'content-location'].flatMap((name) => {
    const given = one(headers[name])
    const own = given === undefined ? null : rewrite(given, requested)
    return own === null ? [] : [name, own]
  })
}

const none: readonly string[] = []

function cacheOf(exchange: Exchange, { headers }: ServiceAnswer): string | undefined {
  const validator = headers['etag'] !== undefined || headers['last-modified'] !== undefined
  return cacheControl(list(headers['cache-control']), exchange.principal !== null, validator)
}

/** The value of a field that may occur once; `undefined` if it is repeated. */
function one(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The value of a list field; several lines are joined (RFC 9110 section 5.3). */
function list(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value
}
