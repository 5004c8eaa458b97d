import { isAscii } from 'node:buffer'
import type { IncomingHttpHeaders } from 'node:http'
import { TooMuchWork, work } from '../json/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { HeldBytes } from '../support/heldBytes.ts'
import type { UploadLimits } from '../support/uploadClock.ts'
import type { OperationSchemas, RequestPolicy, ServiceDefaults } from '../vocabulary.ts'
import { isJson, plainContentType } from '../words/mediaTypes.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { ContentReader, Filling } from './content.ts'
import { charsetOf, type MediaType, mediaTable, parseMediaType } from './media.ts'
import { createOffer, type Offer } from './offer.ts'
import { type BodySource, isEmptyBody, readBody } from './read.ts'

export { createAccept } from './accept.ts'
export type { BodyRules, Filling } from './content.ts'
export { type MediaEntry, mediaTable, parseMediaType } from './media.ts'

/** The body to forward. */
export interface Body {
  readonly kind: 'body'
  readonly body: Buffer | 'stream' | null
  /** `null` where there is no body. */
  readonly contentType: string | null
}

/** Reads the body of a request; synchronous if there is none to read. */
export type BodyReader = (source: BodySource, filling: Filling) => Body | Problem | Promise<Body | Problem>

const noBytes = Buffer.alloc(0)
const noBody: Body = { kind: 'body', body: null, contentType: null }
const tooLarge = problem('content-too-large', { close: true })
/** Waiting for its bytes would never end (rule P16). */
const alreadyRead = problem('internal', {
  reason: 'body-already-read',
  detail: 'middleware in front of the gateway has read the body',
})

/**
 * Makes the reader of an operation's bodies (rules P8, P10). JSON, forms, and text with constraints are read up to the policy's
 * limit and checked, within one budget of steps (rule P15). Other bodies are forwarded as a stream, and the sender enforces the
 * same limit (`ClientBody`).
 */
export function createBodyReader(
  policy: Pick<RequestPolicy, 'body' | 'maxBody' | 'bind'>,
  undeclared: ServiceDefaults['undeclaredBody'],
  operation: Pick<OperationSchemas, 'body'>,
  schemas: CompiledSchemas,
  limits: UploadLimits,
  held: HeldBytes,
): BodyReader {
  const bound = policy.bind.filter((bind) => bind.in === 'body').map(({ name }) => name)
  const accepted = policy.body ?? []
  const content = Object.entries(operation.body?.content ?? {}).filter(([name]) => accepted.includes(name))
  const table = mediaTable(
    content.map(([name, media]) => ({ name, value: createOffer(media, schemas, { bound, undeclared }) })),
  )
  // RFC 9110 section 15.5.16: the answer names the accepted media types.
  const unsupported = problem(
    'unsupported-media-type',
    accepted.length > 0 ? { headers: { accept: accepted.join(', ') } } : {},
  )

  const absent = (filling: Filling): Body | Problem => {
    if (operation.body?.required === true) return refused('is required')
    if (filling.length === 0) return noBody
    // Members that the gateway fills are sent even without a client's body: otherwise the request would be unrestricted.
    const json = content.map(([name]) => parseMediaType(name)).find((media) => media !== null && isJson(media.essence))
    const reader = json == null ? null : (table(json)?.value.reader(json.essence) ?? null)
    return json == null || reader === null ? unsupported : take(reader, Buffer.from('{}'), json, json.essence, filling)
  }

  /** The field of the last request: the clients of an operation send the same. */
  let last: { readonly field: string | undefined; readonly type: Typed | null } = { field: undefined, type: null }

  /** The documented entry of a request's media type; `null`: there is none, or its bodies cannot be read. */
  const typed = (headers: IncomingHttpHeaders): Typed | null => {
    const coding = headers['content-encoding']
    if (coding !== undefined && coding.toLowerCase() !== 'identity') return null
    const field = headers['content-type']
    if (last.field !== field) last = { field, type: typeOf(field) }
    return last.type
  }

  const typeOf = (field: string | undefined): Typed | null => {
    const media = field === undefined ? null : parseMediaType(field)
    const contentType = field === undefined ? null : plainContentType(field)
    const offer = media === null ? null : (table(media)?.value ?? null)
    if (media === null || contentType === null || offer === null) return null
    const reader = offer.reader(media.essence)
    // The charset of a body that is not read is up to the service.
    return reader !== null && charsetOf(media) === null ? null : { media, contentType, offer, reader }
  }

  /** A body of zero bytes. It is a value of some types; of others it is none, and so is one without a documented type. */
  const empty = (type: Typed | null, filling: Filling): Body | Problem => {
    if (type === null || filling.length > 0) return absent(filling)
    const { media, contentType, offer, reader } = type
    const verdict = offer.empty(media.essence)
    if (verdict === 'absent') return absent(filling)
    if (verdict === 'faulty' && reader === null) return refused('must not be empty')
    return reader === null
      ? { kind: 'body', body: noBytes, contentType }
      : take(reader, noBytes, media, contentType, filling)
  }

  /** Waits for the first byte of a body whose length is not stated. */
  const unlessEmpty = (source: BodySource, filling: Filling, type: Typed | null, otherwise: Body | Problem) =>
    isEmptyBody(source, limits).then((is) => (is === true ? empty(type, filling) : is === false ? otherwise : is))

  return (source, filling) => {
    const { headers } = source.req
    const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null
    if (length === 0 && headers['content-type'] === undefined) return absent(filling)
    const type = typed(headers)
    if (length === 0) return empty(type, filling)
    if (source.req.readableDidRead || source.req.readableEnded) return alreadyRead
    if (type === null) {
      const problem = policy.body === null ? refused('is not allowed here') : unsupported
      return length === null ? unlessEmpty(source, filling, type, problem) : problem
    }
    const { media, contentType, offer, reader } = type
    if (length !== null && length > policy.maxBody) return tooLarge
    if (reader === null) {
      const body = filling.length > 0 ? unsupported : ({ kind: 'body', body: 'stream', contentType } as const)
      const passes = length !== null || offer.empty(media.essence) === 'value'
      return passes ? body : unlessEmpty(source, filling, type, body)
    }
    return readBody(source, policy.maxBody, limits, held).then((bytes) => {
      if (!Buffer.isBuffer(bytes)) return bytes
      return bytes.length === 0 ? empty(type, filling) : take(reader, bytes, media, contentType, filling)
    })
  }
}

/** A documented media type of a request. */
interface Typed {
  readonly media: MediaType
  readonly contentType: string
  readonly offer: Offer
  /** `null`: its bodies are forwarded without being read. */
  readonly reader: ContentReader | null
}

function take(
  reader: ContentReader,
  bytes: Buffer,
  media: MediaType,
  contentType: string,
  filling: Filling,
): Body | Problem {
  if (charsetOf(media) === 'us-ascii' && !isAsciiOnly(bytes, media)) return refused('is not valid US-ASCII')
  work.begin()
  try {
    const found = reader(bytes, media, filling)
    if (found.kind === 'faults') return problem('invalid-request', { errors: found.faults, reason: 'body-invalid' })
    return { kind: 'body', body: found.bytes, contentType }
  } catch (error) {
    if (error instanceof TooMuchWork) return refused(error.message)
    // A regular expression or a parser has no more room on the stack.
    if (error instanceof RangeError) return refused('is too long to check')
    throw error
  } finally {
    work.end()
  }
}

/** Whether a body is US-ASCII; of a form, also what is encoded in it. Each part of multipart has a charset of its own. */
function isAsciiOnly(bytes: Buffer, { essence }: MediaType): boolean {
  if (essence.startsWith('multipart/')) return true
  return isAscii(bytes) && (!essence.endsWith('urlencoded') || !encodesMore(bytes))
}

/** Whether bytes beyond US-ASCII are percent-encoded: `%8` to `%F`. */
function encodesMore(bytes: Buffer): boolean {
  for (let at = 1; at < bytes.length; at++) {
    if (bytes[at - 1] !== 0x25) continue
    const digit = (bytes[at] ?? 0) | 0x20
    if (digit === 0x38 || digit === 0x39 || (digit >= 0x61 && digit <= 0x66)) return true
  }
  return false
}

function refused(detail: string): Problem {
  return problem('invalid-request', { errors: [{ in: 'body', pointer: '', detail }], reason: 'body-invalid' })
}
