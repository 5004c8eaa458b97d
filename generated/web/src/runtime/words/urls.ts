/**
 * Reads a URL; `null` if it is not valid. `URL.canParse` is not used: once optimised, that of Node.js 20 rejects texts with characters from
 * U+0080 to U+00FF that `new URL` accepts.
 */
export function parseUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}
