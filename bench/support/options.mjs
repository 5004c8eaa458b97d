import { parseArgs } from 'node:util'

/**
 * The options of a benchmark. The type of an option is that of its default: a number, a text, or `false` for a switch.
 * Exits with 2 if the command line is wrong.
 */
export function readOptions(usage, defaults) {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, { type: value === false ? 'boolean' : 'string' }]),
  )
  try {
    const { values } = parseArgs({ options, strict: true })
    return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, read(name, values[name], value)]))
  } catch (error) {
    process.stderr.write(`${error.message}\n${usage}\n`)
    process.exit(2)
  }
}

function read(name, given, fallback) {
  if (given === undefined) return fallback
  if (typeof fallback !== 'number') return given
  const value = Number(given)
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`)
  return value
}
