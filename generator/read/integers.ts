/**
 * The integer that a decimal, `0x` or `0o` text stands for: a `bigint` where printing a double would give other digits; `null` when it
 * is no integer, or one that is beyond all doubles.
 */
export function exactInteger(text: string): number | bigint | null {
  const [, sign = '', digits = ''] = /^([-+]?)([0-9]+|0x[0-9a-fA-F]+|0o[0-7]+)$/.exec(text) ?? []
  if (digits === '' || !Number.isFinite(Number(digits))) return null
  const size = BigInt(digits)
  const exact = sign === '-' ? -size : size
  const double = Number(exact)
  return String(double) === String(exact) ? double : exact
}

/** A text, or a number that is no part of one: in that order, so that what looks like a number within a text is passed over. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*/gs

/** Sixteen digits in a row: fewer always fit a double. */
const longNumber = /[0-9]{16}/

/** `JSON.parse` that keeps the digits of integers as `bigint`. Throws as it does. */
export function parseExact(text: string): unknown {
  const rounded: unknown = JSON.parse(text)
  if (!longNumber.test(text)) return rounded
  const found = new Map<string, bigint>()
  let mark = 'integer'
  while (text.includes(mark)) mark += '-'
  const marked = text.replace(tokens, (token) => {
    const integer = token.length < 16 || token.startsWith('"') ? null : exactInteger(token)
    if (typeof integer !== 'bigint') return token
    const name = `${mark} ${integer}`
    found.set(name, integer)
    return `"${name}"`
  })
  if (found.size === 0) return rounded
  return JSON.parse(marked, (_, value: unknown) => (typeof value === 'string' ? (found.get(value) ?? value) : value))
}
