const encoded = /%([0-9A-Fa-f]{2})/g

/** Decodes percent-encoded UTF-8 text once; `null` for an invalid escape or bytes that are not UTF-8. */
export function decodePercent(text: string): string | null {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** The bytes of percent-encoded ASCII text, one character for each byte. Text without escapes is returned unchanged. */
export function decodeBytes(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(encoded, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
