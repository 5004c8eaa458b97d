const form = /^(?:\/[A-Za-z0-9._~-]+)+$/
const dots = /\/\.{1,2}(?:\/|$)/

/** Whether text can stand before a path: segments of unreserved characters, no dot segment, no slash at the end. */
export function isPathPrefix(text: string): boolean {
  return form.test(text) && !dots.test(text)
}
