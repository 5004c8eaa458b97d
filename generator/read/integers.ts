/**
 * Parses a decimal, `0x` or `0o` integer: a `bigint` if printing the double would give other digits; `null` if the text is not an
 * integer, or exceeds the range of doubles.
 */
export function exactInteger(text: string): number | bigint | null {
  const [, sign = '', digits = ''] = /^([-+]?)([0-9]+|0x[0-9a-fA-F]+|0o[0-7]+)$/.exec(text) ?? []
  if (digits === '' || !Number.isFinite(Number(digits))) return null
  const size = BigInt(digits)
  const exact = sign === '-' ? -size : size
  const double = Number(exact)
  return String(double) === String(exact) ? double : exact
}

/** A string or a number of JSON. Strings come first, so that digits inside a string are not matched as a number. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*/gs

/** Sixteen digits in a row. Integers with fewer digits are always exact as doubles. */
const longNumber = /[0-9]{16}/

/** `JSON.parse` that returns a `bigint` for integers that a double would round. Throws like `JSON.parse`. */
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
