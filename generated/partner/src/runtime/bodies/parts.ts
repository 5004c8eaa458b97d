import { isUtf8 } from 'node:buffer'
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
 * differently is refused. No preamble or epilogue, lines end with CRLF, each part has one disposition with one name.
 */
export function parseParts(bytes: Buffer, boundary: string): PartsOutcome {
  if (!boundaryText.test(boundary)) return malformed
  const opening = Buffer.from(`--${boundary}`, 'latin1')
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
  if (!bytes.subarray(0, opening.length).equals(opening)) return malformed
  const parts: Part[] = []
  let at = opening.length
  while (!follows(bytes, at, '--')) {
    if (parts.length === maxParts) return { kind: 'fault', detail: `has more than ${maxParts} parts` }
    if (!follows(bytes, at, '\r\n')) return malformed
    const head = bytes.indexOf('\r\n\r\n', at)
    const end = head < 0 ? -1 : bytes.indexOf(delimiter, head + 2)
    if (head < 0 || end < 0 || head - at > maxHead) return malformed
    // In an empty part the delimiter shares its CRLF with the empty line.
    const part = partOf(bytes.subarray(at + 2, head), bytes.subarray(Math.min(head + 4, end), end))
    if (part === null || end < head + 2) return malformed
    parts.push(part)
    at = end + delimiter.length
  }
  const rest = bytes.length - at - 2
  return rest === 0 || (rest === 2 && follows(bytes, at + 2, '\r\n')) ? { kind: 'parts', parts } : malformed
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
    if (name === undefined || fields.has(name)) return null
    fields.set(name, found?.[2]?.trim() ?? '')
  }
  const disposition = dispositionOf(fields.get('content-disposition') ?? '')
  const transfer = fields.get('content-transfer-encoding')?.toLowerCase() ?? 'binary'
  if (disposition === null || !['binary', '8bit', '7bit'].includes(transfer)) return null
  const type = fields.get('content-type')
  const media = type === undefined ? null : parseMediaType(type)
  return type !== undefined && media === null ? null : { ...disposition, media, content }
}

const parameter = /;[\t ]*([a-z]+\*?)=("(?:[^"\\]|\\["\\])*"|[!#$%&'*+.^_`|~0-9A-Za-z-]+)[\t ]*/gy

/** `form-data; name="x"; filename="y"`. A name with escapes is refused: parsers decode them differently. */
function dispositionOf(text: string): Pick<Part, 'name' | 'filename'> | null {
  const kind = /^form-data[\t ]*(?=;)/i.exec(text)?.[0]
  if (kind === undefined) return null
  const found = new Map<string, string>()
  parameter.lastIndex = kind.length
  while (parameter.lastIndex < text.length) {
    const [, key = '', value = ''] = parameter.exec(text) ?? []
    if (key === '' || found.has(key)) return null
    found.set(key, value.startsWith('"') ? value.slice(1, -1) : value)
  }
  const name = found.get('name')
  if (name === undefined || name.includes('\\') || (found.has('filename') && found.has('filename*'))) return null
  return { name, filename: found.get('filename') ?? found.get('filename*') ?? null }
}
