import { isUtf8 } from 'node:buffer'
import { readDisposition } from './disposition.ts'
import { type MediaType, parseMediaType } from './media.ts'

/** One part of a multipart/form-data body (RFC 7578). */
export interface Part {
  readonly name: string
  readonly filename: string | null
  readonly media: MediaType | null
  readonly content: Buffer
}

export type PartsOutcome =
  | { readonly kind: 'parts'; readonly parts: readonly Part[] }
  | { readonly kind: 'fault'; readonly detail: string }

const maxParts = 200
const maxHead = 4_096
const boundaryText = /^[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]$/
const malformed: PartsOutcome = { kind: 'fault', detail: 'is not well-formed multipart/form-data' }

/**
 * Parses a multipart/form-data body strictly: it is forwarded byte for byte, so anything that a lenient parser could read
 * differently is refused. Lines end with CRLF, the boundary stands only where a part begins, and each part has one disposition with
 * one name (rule P14). There may be a preamble, but no epilogue.
 */
export function parseParts(bytes: Buffer, boundary: string): PartsOutcome {
  if (!boundaryText.test(boundary)) return malformed
  const opening = Buffer.from(`--${boundary}`, 'latin1')
  const first = delimiterIn(bytes, opening, 0)
  if (first === null) return malformed
  const parts: Part[] = []
  let at = first + opening.length
  while (!follows(bytes, at, '--')) {
    if (parts.length === maxParts) return { kind: 'fault', detail: `has more than ${maxParts} parts` }
    if (!follows(bytes, at, '\r\n')) return malformed
    const head = bytes.indexOf('\r\n\r\n', at)
    if (head < 0 || head - at > maxHead) return malformed
    const next = delimiterIn(bytes, opening, at)
    if (next === null || next < head + 4) return malformed
    // In an empty part the delimiter shares its CRLF with the empty line.
    const part = partOf(bytes.subarray(at + 2, head), bytes.subarray(head + 4, Math.max(head + 4, next - 2)))
    if (part === null) return malformed
    parts.push(part)
    at = next + opening.length
  }
  const rest = bytes.length - at - 2
  return rest === 0 || (rest === 2 && follows(bytes, at + 2, '\r\n')) ? { kind: 'parts', parts } : malformed
}

/**
 * Where the next boundary is, from its hyphens on; `null`: there is none, or it stands elsewhere than at the beginning of a line, where
 * lenient readers would also see a part begin.
 */
function delimiterIn(bytes: Buffer, opening: Buffer, from: number): number | null {
  const at = bytes.indexOf(opening, from)
  return at === 0 || (at > 1 && follows(bytes, at - 2, '\r\n')) ? at : null
}

function follows(bytes: Buffer, at: number, text: string): boolean {
  return bytes.toString('latin1', at, at + text.length) === text
}

function partOf(head: Buffer, content: Buffer): Part | null {
  if (!isUtf8(head)) return null
  const fields = new Map<string, string>()
  for (const line of head.toString('utf8').split('\r\n')) {
    const found = /^([A-Za-z0-9-]+):[\t ]*([^\0-\x08\x0a-\x1f\x7f]*)$/.exec(line)
    const name = found?.[1]?.toLowerCase()
    const value = found?.[2]?.trim() ?? ''
    // Some readers look for the disposition anywhere in the head.
    if (name === undefined || fields.has(name) || /content-disposition/i.test(value)) return null
    fields.set(name, value)
  }
  const disposition = readDisposition(fields.get('content-disposition') ?? '')
  const transfer = fields.get('content-transfer-encoding')?.toLowerCase() ?? 'binary'
  if (disposition === null || !['binary', '8bit', '7bit'].includes(transfer)) return null
  const type = fields.get('content-type')
  const media = type === undefined ? null : parseMediaType(type)
  return type !== undefined && media === null ? null : { ...disposition, media, content }
}
