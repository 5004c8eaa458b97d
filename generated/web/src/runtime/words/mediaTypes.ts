const mediaType = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/
/**
 * One parameter after another: text within quotes is never taken for a parameter. A value between quotes may have escapes; unquoted
 * ones are as many write them.
 */
const parameter =
  /[\t ]*;[\t ]*(?:([A-Za-z0-9!#$%&'*+.^_`|~-]+)=("(?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\t -~])*"|[A-Za-z0-9!#$%&'*+.^_`|~:/?=-]+))?/y
/** Those that say how to read a body. */
const passed: ReadonlySet<string> = new Set(['charset', 'boundary', 'profile', 'version', 'type', 'start'])

/** A media type or range without its parameters, in lower case, as a specification or a header has it. */
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
 * A `Content-Type` that is safe to pass on: the media type, and of its parameters those that say how to read the body, each once. Whoever
 * reads it finds the parameters that the gateway found, and no others.
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
 * Makes `plainContentType` for a place where the same text comes again and again; what cannot be passed on becomes bytes of no
 * known type.
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

/** Whether bodies of a media type or range may carry files: multipart, and all but JSON, forms, text and XML. */
export function carriesFiles(type: string): boolean {
  const name = (type.split(';')[0] ?? '').trim().toLowerCase()
  if (name.startsWith('multipart/')) return true
  return !(
    isJson(name) ||
    name === 'application/x-www-form-urlencoded' ||
    name.startsWith('text/') ||
    /[/+]xml$/.test(name)
  )
}
