import { RE2JS } from 're2js'
import { parse } from './parser.ts'
import { type Steps, stepsOf } from './steps.ts'
import { print } from './syntax.ts'

/** Which engine may run a pattern. `source` is valid with the flag `u`. */
export type Verdict =
  | { readonly kind: 'invalid' }
  | {
      /** Proven linear on the engine of JavaScript. `costly`: enough steps for a text that a gateway has to count them. */
      readonly kind: 'native'
      readonly source: string
      readonly foreign: string | null
      readonly steps: Steps
      readonly costly: boolean
    }
  | { readonly kind: 'linear'; readonly source: string; readonly foreign: string | null }
  | {
      /** Only a backtracking engine can run it. `limit`: the longest text within `maxSteps`; `null`: there is none. */
      readonly kind: 'unproven'
      readonly source: string
      readonly foreign: string | null
      readonly steps: Steps
      readonly limit: number | null
    }

/** The most steps that one match may take: a third of what a gateway spends on a body. */
const maxSteps = 2 ** 20
/** The lengths for which steps are compared: 16 to about a million characters. */
const lengths = Array.from({ length: 17 }, (_, at) => 2 ** (at + 4))
/** Steps for each character: above the first a gateway counts them, above the second the linear-time engine is faster. */
const counted = 4
const tolerated = 64

const known = new Map<string, Verdict>()

/** The verdict on a pattern. It depends on the source only, never on time, so it is the same on every machine. */
export function verdictOn(pattern: string): Verdict {
  const found = known.get(pattern) ?? judge(pattern)
  known.set(pattern, found)
  return found
}

/**
 * A pattern that is proven linear runs on the native engine, any other one on the linear-time engine. What that engine cannot
 * express is bounded by the length of the text.
 */
function judge(pattern: string): Verdict {
  const readable = readableWith(pattern)
  if (readable === null) return { kind: 'invalid' }
  const { source, foreign } = readable
  const parsed = parse(source)
  const steps = parsed === null ? () => Number.POSITIVE_INFINITY : stepsOf(parsed.expression)
  const rate = Math.max(...lengths.map((length) => steps(length) / length))
  if (rate <= tolerated) return { kind: 'native', source, foreign, steps, costly: rate > counted }
  if (isExpressible(source)) return { kind: 'linear', source, foreign }
  return { kind: 'unproven', source, foreign, steps, limit: limitOf(steps) }
}

/** The longest text that takes at most `maxSteps`, of at most about a million characters. */
function limitOf(steps: Steps): number | null {
  let fits = 0
  let exceeds = 2 ** 20 + 1
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2)
    if (steps(middle) <= maxSteps) fits = middle
    else exceeds = middle
  }
  return fits === 0 ? null : fits
}

/** Steps for texts of at most 1, 2, 4, 8 and so on characters, up to `most`; the last entry is for `most`. */
export function costTable(steps: Steps, most: number): readonly number[] {
  const table: number[] = []
  for (let length = 1; ; length *= 2) {
    table.push(Math.ceil(steps(Math.min(length, most))))
    if (length >= most) return table
  }
}

/** The source if it is valid with the flag `u`, else an equivalent source that is. */
function readableWith(written: string): { readonly source: string; readonly foreign: string | null } | null {
  // Node.js 20 does not support `(?i:...)`, newer versions do, and a gateway runs on both.
  if (!/\(\?[a-z-]*:/.test(written.replaceAll('(?:', '')) && isValid(written)) return { source: written, foreign: null }
  const parsed = parse(written)
  if (parsed === null) return null
  const source = print(parsed.expression)
  if (!isValid(source)) return null
  const [first] = parsed.foreign
  const foreign =
    first === undefined ? null : `\`${first}\` is not ECMAScript; the pattern is read as \`${shortened(source)}\`.`
  return { source, foreign }
}

function isValid(source: string): boolean {
  try {
    new RegExp(source, 'u')
    return true
  } catch {
    return false
  }
}

function isExpressible(source: string): boolean {
  try {
    RE2JS.compile(RE2JS.translateRegExp(source))
    return true
  } catch {
    return false
  }
}

export function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= 80 ? text : `${characters.slice(0, 79).join('')}…`
}
