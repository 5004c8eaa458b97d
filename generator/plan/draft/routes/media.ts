/** The type itself, lower case, without parameters. */
function essence(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}

/** `application/json`, `text/json` and every `+json` (RFC 6839 section 3.1). */
export function isJson(type: string): boolean {
  const name = essence(type)
  return name === 'application/json' || name === 'text/json' || name.endsWith('+json')
}

/** JSON, or a range that JSON is in. */
export function mayBeJson(type: string): boolean {
  return isJson(type) || ['*/*', 'application/*', 'text/*'].includes(essence(type))
}
