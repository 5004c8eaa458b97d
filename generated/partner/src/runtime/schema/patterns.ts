import { RE2JS } from 're2js'
import { work } from '../json/index.ts'

export type Test = (text: string) => boolean

/** Steps for texts of at most 1, 2, 4, 8 and so on characters. */
type Costs = readonly number[]

/** Characters. */
const shortText = 64

/**
 * Makes the tests of `pattern`. Sources in `linear` run on the linear-time engine, because it is not proven that a backtracking
 * one takes linear time for them (rule O5). The others are ECMAScript with the `u` flag, as JSON Schema 2020-12 section 6.4
 * requires. A source that is valid only without the flag (`\-` outside a class) is compiled without it. Both engines draw from
 * the budget before they run (rule P15); a native pattern without `costs` takes a step for every four characters of a long text.
 */
export function createPatterns(
  linear: readonly string[],
  costs: Readonly<Record<string, Costs>>,
): (source: string) => Test {
  const risky = new Set(linear)
  const counted = new Map(Object.entries(costs))
  const known = new Map<string, Test>()
  return (source) => {
    const found = known.get(source)
    if (found !== undefined) return found
    const test = risky.has(source) ? linearTest(source) : nativeTest(source, counted.get(source))
    known.set(source, test)
    return test
  }
}

/** The linear-time engine takes at most about a quarter of a step for each character and instruction. */
function linearTest(source: string): Test {
  const pattern = RE2JS.compile(RE2JS.translateRegExp(source))
  const stepsOfCharacter = pattern.programSize() / 4
  return (text) => {
    work.spend(Math.ceil(text.length * stepsOfCharacter))
    return pattern.test(text)
  }
}

function nativeTest(source: string, costs: Costs | undefined): Test {
  const pattern = parse(source)
  if (costs === undefined) {
    return (text) => {
      if (text.length > shortText) work.spend(text.length >> 2)
      return pattern.test(text)
    }
  }
  return (text) => {
    work.spend(stepsFor(costs, text.length))
    return pattern.test(text)
  }
}

function stepsFor(costs: Costs, length: number): number {
  const last = costs.length - 1
  const at = length <= 1 ? 0 : 32 - Math.clz32(length - 1)
  return at <= last ? (costs[at] ?? 0) : Math.ceil((costs[last] ?? 0) * (length / 2 ** last))
}

function parse(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}
