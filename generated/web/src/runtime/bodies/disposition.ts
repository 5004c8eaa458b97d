/** The field of a part, and the name of its file. */
export interface Disposition {
  readonly name: string
  /** `null`: the part is not a file. */
  readonly filename: string | null
}

/** One parameter. A quoted value ends at the first quotation mark without a backslash before it. */
const parameter =
  /;[\t ]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:"((?:[^"\\]|\\[^"]|\\")*)"|([^\0-\x20\x7f";\\,]+)))?[\t ]*/gy
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** The pieces of a file's name (RFC 2231 section 3): only some readers join them and see a file. */
const continuation = /^filename\*\d/
/** A name that some readers decode: escapes, and encoded words (RFC 2047). */
const decodable = /\\|=\?[^?]*\?[bq]\?/i

/**
 * `form-data; name="x"; filename="y"` (RFC 7578 section 4.2), with one name for every reader; `null` for anything else (rule P14).
 * Refused are `name*` and its continuations, names that some readers decode, and values in which readers that split at semicolons
 * find a name. File names may have what is common: `filename*` beside `filename`, and backslashes.
 */
export function readDisposition(text: string): Disposition | null {
  const kind = /^form-data[\t ]*(?=;)/i.exec(text)?.[0]
  if (kind === undefined) return null
  const found = new Map<string, string>()
  parameter.lastIndex = kind.length
  while (parameter.lastIndex < text.length) {
    const [all = '', written, quoted, plain = ''] = parameter.exec(text) ?? []
    if (all === '') return null
    if (written === undefined) continue
    const key = written.toLowerCase()
    const value = quoted ?? plain
    if (found.has(key) || continuation.test(key) || (key !== 'name' && namesField(key)) || hidesName(value)) return null
    if (key === 'name' && (decodable.test(value) || (quoted === undefined && !token.test(value)))) return null
    found.set(key, value)
  }
  const name = found.get('name')
  if (name === undefined) return null
  return { name, filename: found.get('filename') ?? found.get('filename*') ?? null }
}

/** Whether a text is, for some reader, the key of the field's name: `name`, `name*`, `name*0*`, ` "name"`. */
function namesField(key: string): boolean {
  return /^name(?:\*\d*\*?)?$/i.test(key.replace(/[^\w*]/g, ''))
}

/** Whether a reader that splits at every semicolon, or ends at an escaped quotation mark, finds a name in the value. */
function hidesName(value: string): boolean {
  const pieces = value.includes(';') ? value.split(';').slice(1) : []
  return pieces.some((piece) => piece.includes('=') && namesField(piece.slice(0, piece.indexOf('='))))
}
