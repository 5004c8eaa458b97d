import type { CompiledSchemas } from '../schema/index.ts'
import type { OperationSchemas, RequestPolicy } from '../vocabulary.ts'
import { isJson, plainContentType } from '../words/mediaTypes.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { ContentReader, Filling } from './content.ts'
import { isUtf8Text, type MediaType, mediaTable, parseMediaType } from './media.ts'
import { createOffer } from './offer.ts'
import { type BodySource, readBody } from './read.ts'

export { createAccept } from './accept.ts'
export type { Filling } from './content.ts'
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

const noBody: Body = { kind: 'body', body: null, contentType: null }
const tooLarge = problem('content-too-large', { close: true })

/**
 * Makes the reader of an operation's bodies (rules P8, P10). JSON, forms, and text with constraints are read up to the policy's
 * limit and checked. Other bodies are forwarded as a stream, and the sender enforces the same limit (`ClientBody`).
 */
export function createBodyReader(
  policy: Pick<RequestPolicy, 'body' | 'maxBody'>,
  operation: Pick<OperationSchemas, 'body'>,
  schemas: CompiledSchemas,
): BodyReader {
  const accepted = policy.body ?? []
  const content = Object.entries(operation.body?.content ?? {}).filter(([name]) => accepted.includes(name))
  const table = mediaTable(content.map(([name, media]) => ({ name, value: createOffer(media, schemas) })))
  // RFC 9110 section 15.5.16: the answer names the accepted media types.
  const unsupported = problem(
    'unsupported-media-type',
    accepted.length > 0 ? { headers: { accept: accepted.join(', ') } } : {},
  )

  const empty = (filling: Filling): Body | Problem => {
    if (operation.body?.required === true) return refused('is required')
    if (filling.length === 0) return noBody
    // Members that the gateway fills are sent even without a client's body: otherwise the request would be unrestricted.
    const json = content.map(([name]) => parseMediaType(name)).find((media) => media !== null && isJson(media.essence))
    const reader = json == null ? null : (table(json)?.value(json.essence) ?? null)
    return json == null || reader === null ? unsupported : take(reader, Buffer.from('{}'), json, json.essence, filling)
  }

  return (source, filling) => {
    const { headers } = source.req
    const length = Number(headers['content-length'] ?? 0)
    if (length === 0 && headers['transfer-encoding'] === undefined) return empty(filling)
    if (policy.body === null) return refused('is not allowed here')
    const coding = headers['content-encoding']
    if (coding !== undefined && coding.toLowerCase() !== 'identity') return unsupported
    const field = headers['content-type']
    const media = field === undefined ? null : parseMediaType(field)
    const contentType = field === undefined ? null : plainContentType(field)
    const offer = media === null ? null : table(media)
    if (media === null || contentType === null || offer === null || !isUtf8Text(media)) return unsupported
    if (length > policy.maxBody) return tooLarge
    const reader = offer.value(media.essence)
    if (reader === null) return filling.length > 0 ? unsupported : { kind: 'body', body: 'stream', contentType }
    return readBody(source, policy.maxBody).then((bytes) => {
      if (!Buffer.isBuffer(bytes)) return bytes
      return bytes.length === 0 ? empty(filling) : take(reader, bytes, media, contentType, filling)
    })
  }
}

function take(
  reader: ContentReader,
  bytes: Buffer,
  media: MediaType,
  contentType: string,
  filling: Filling,
): Body | Problem {
  const found = reader(bytes, media, filling)
  if (found.kind === 'faults') return problem('invalid-request', { errors: found.faults })
  return { kind: 'body', body: found.bytes, contentType }
}

function refused(detail: string): Problem {
  return problem('invalid-request', { errors: [{ in: 'body', pointer: '', detail }] })
}
