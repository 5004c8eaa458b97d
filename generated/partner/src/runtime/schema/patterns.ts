import { RE2JS } from 're2js'

export type Test = (text: string) => boolean

/**
 * Makes the tests of `pattern`. Sources in `linear` run on the linear-time engine, because the generator found that they can
 * stall a backtracking one (rule O5). The others are ECMAScript with the `u` flag, as JSON Schema 2020-12 section 6.4 requires. A
 * source that is valid only without the flag (`\-` outside a class) is compiled without it.
 */
export function createPatterns(linear: readonly string[]): (source: string) => Test {
  const risky = new Set(linear)
  const known = new Map<string, Test>()
  return (source) => {
    const found = known.get(source)
    if (found !== undefined) return found
    const test = risky.has(source) ? linearTest(source) : nativeTest(source)
    known.set(source, test)
    return test
  }
}

function linearTest(source: string): Test {
  const pattern = RE2JS.compile(RE2JS.translateRegExp(source))
  return (text) => pattern.test(text)
}

function nativeTest(source: string): Test {
  const pattern = parse(source)
  return (text) => pattern.test(text)
}

function parse(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}
