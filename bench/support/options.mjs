import { parseArgs } from 'node:util'

/**
 * The options of a benchmark. Each has its default, which also says what it is: a number, a text, or `false` for a switch.
 * Ends the process with 2 when the command line is wrong.
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
  if (!(value > 0)) throw new Error(`--${name} needs a number above 0`)
  return value
}
