const encoded = /%([0-9A-Fa-f]{2})/g

/** Decodes percent-encoded UTF-8 text once; `null` where an escape is broken or the bytes are not UTF-8. */
export function decodePercent(text: string): string | null {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** The bytes that percent-encoded ASCII text stands for, one character each; the text itself where nothing is encoded. */
export function decodeBytes(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(encoded, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
