const mediaType = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/
const parameter =
  /;[\t ]*(charset|boundary|profile|version|type|start)=("[^"\\\x00-\x1f]*"|[A-Za-z0-9!#$%&'*+.^_`|~:/?=-]+)/gi

/** Type and subtype of a `Content-Type`, in lower case; `null` for text that is none (RFC 9110 section 8.3.1). */
export function mediaTypeOf(contentType: string): string | null {
  const end = contentType.indexOf(';')
  const type = (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase()
  return mediaType.test(type) ? type : null
}

/** A `Content-Type` that is safe to pass on: the media type, and of its parameters those that say how to read the body. */
export function plainContentType(contentType: string): string | null {
  const type = mediaTypeOf(contentType)
  if (type === null) return null
  const parameters = [...contentType.matchAll(parameter)].map(
    ([, name = '', value = '']) => `; ${name.toLowerCase()}=${value}`,
  )
  return type + parameters.join('')
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

/** Whether a media type is JSON by its name (RFC 6839 section 3.1). */
export function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/json' || type.endsWith('+json')
}
