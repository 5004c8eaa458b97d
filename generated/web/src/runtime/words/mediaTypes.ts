const mediaType = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/
/**
 * Matches one parameter after another, so that quoted text is not read as a parameter. Quoted values may have escapes. Unquoted
 * values may have `/`, `:`, `?` and `=`, which are not token characters (RFC 9110 section 5.6.2) but are often sent.
 */
const parameter =
  /[\t ]*;[\t ]*(?:([A-Za-z0-9!#$%&'*+.^_`|~-]+)=("(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t -~])*"|[A-Za-z0-9!#$%&'*+.^_`|~:/?=-]+))?/y
/** Parameters that affect how a body is parsed. */
const passed: ReadonlySet<string> = new Set(['charset', 'boundary', 'profile', 'version', 'type', 'start'])

/** A media type or range, from a spec or a header, without its parameters and in lower case. */
export function essenceOf(type: string): string {
  const end = type.indexOf(';')
  return (end < 0 ? type : type.slice(0, end)).trim().toLowerCase()
}

/** Type and subtype of a `Content-Type`, in lower case; `null` for text that is not a media type (RFC 9110 section 8.3.1). */
export function mediaTypeOf(contentType: string): string | null {
  const type = essenceOf(contentType)
  return mediaType.test(type) ? type : null
}

/**
 * A `Content-Type` that is safe to forward: the media type, and those of its parameters that affect how the body is parsed, each
 * once. Recipients parse the same parameters as the gateway, and no others. `null` for text that is not a media type.
 */
export function plainContentType(contentType: string): string | null {
  const type = mediaTypeOf(contentType)
  if (type === null) return null
  let plain = type
  const seen = new Set<string>()
  const start = contentType.indexOf(';')
  parameter.lastIndex = start < 0 ? contentType.length : start
  for (;;) {
    const [found = '', name = '', value = ''] = parameter.exec(contentType) ?? []
    if (found === '') return plain
    const lower = name.toLowerCase()
    if (passed.has(lower) && !seen.has(lower) && !value.includes('\\')) plain += `; ${lower}=${value}`
    seen.add(lower)
  }
}

/**
 * Makes a `plainContentType` that caches the last text, for places where the same text repeats. A missing or invalid value
 * becomes `application/octet-stream`.
 */
export function createContentType(): (contentType: string | undefined) => string {
  let last: string | undefined
  let plain = unknown
  return (contentType) => {
    if (contentType !== last) {
      last = contentType
      plain = (contentType === undefined ? null : plainContentType(contentType)) ?? unknown
    }
    return plain
  }
}

const unknown = 'application/octet-stream'

/** Whether the essence of a media type is JSON by its name (RFC 6839 section 3.1). */
export function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json')
}

/** Whether bodies of a media type or range may contain files: multipart, and everything except JSON, forms, text and XML. */
export function carriesFiles(type: string): boolean {
  const name = essenceOf(type)
  if (name.startsWith('multipart/')) return true
  return !(
    isJson(name) ||
    name === 'application/x-www-form-urlencoded' ||
    name.startsWith('text/') ||
    /[/+]xml$/.test(name)
  )
}

/** The most bytes of a body with one of these media types or ranges; 0 where there is no body (`null`). */
export function bodyLimit(
  types: readonly string[] | null,
  { plain, files }: { readonly plain: number; readonly files: number },
): number {
  if (types === null) return 0
  return types.some(carriesFiles) ? files : plain
}
