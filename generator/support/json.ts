/**
 * `JSON.stringify` for plain data that may contain `bigint`, printed with all digits. `indent`: spaces per level; 0: all on one
 * line.
 */
export function exactJson(value: unknown, indent = 0): string {
  try {
    return JSON.stringify(value, null, indent)
  } catch (error) {
    // `JSON.stringify` throws at the first `bigint`. Few documents have one, and `printed` is several times slower.
    if (error instanceof TypeError) return printed(value, ' '.repeat(indent), '')
    throw error
  }
}

function printed(value: unknown, step: string, margin: string): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = margin + step
  const items = Array.isArray(value)
    ? value.map((item: unknown) => printed(item, step, inner))
    : Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => `${JSON.stringify(name)}:${step === '' ? '' : ' '}${printed(member, step, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  if (items.length === 0) return `${open}${close}`
  return step === ''
    ? `${open}${items.join(',')}${close}`
    : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`
}
