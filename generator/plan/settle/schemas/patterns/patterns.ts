import { RE2JS } from 're2js'
import type { Code } from '../../../../support/index.ts'
import { analyse } from './analysis.ts'
import { parse } from './parser.ts'
import { isLinear } from './proof.ts'
import { type Expression, print, withoutCounts } from './syntax.ts'

export type Judged =
  | {
      readonly kind: 'accepted'
      /** Valid with the flag `u`. Differs from the written pattern only if that is not valid. */
      readonly source: string
      /** A sentence about a construct of another engine that was translated. */
      readonly foreign: string | null
    }
  | { readonly kind: 'refused'; readonly code: Code; readonly message: string }

/** Decides for each pattern of a service which engine runs it, if any (rule O5). */
export interface Patterns {
  /** `maxLength`: that of the schema, if it has one. */
  judge(source: string, maxLength: number | null): Judged
  /** Sources for the linear-time engine, in code-unit order. */
  linear(): readonly string[]
}

type Verdict =
  | { readonly kind: 'native' | 'linear'; readonly source: string; readonly foreign: string | null }
  | { readonly kind: 'invalid' }
  /** Only a backtracking engine can run it, in time `length ** degree`. */
  | { readonly kind: 'backtracking'; readonly source: string; readonly foreign: string | null; readonly degree: number }

/** The most steps that one match may take. */
const maxSteps = 256 ** 3

/** A verdict depends on the source only, and is shared between clients. */
const verdicts = new Map<string, Verdict>()

export function createPatterns(): Patterns {
  const linear = new Set<string>()
  return {
    judge(source, maxLength) {
      const known = verdicts.get(source) ?? verdictOn(source)
      verdicts.set(source, known)
      if (known.kind === 'invalid') {
        return {
          kind: 'refused',
          code: 'GW3253',
          message: `\`${shortened(source)}\` is not a regular expression of ECMAScript.`,
        }
      }
      const { foreign } = known
      if (known.kind === 'backtracking' && !(maxLength !== null && maxLength ** known.degree <= maxSteps)) {
        return {
          kind: 'refused',
          code: 'GW3254',
          message: `\`${shortened(source)}\` can take a very long time, and the linear-time engine cannot run it.`,
          remedy:
            'Rewrite it without look-around and back-references, or limit the length of the value with `maxLength: 256`.',
        }
      }
      if (known.kind === 'linear') linear.add(known.source)
      return { kind: 'accepted', source: known.source, foreign }
    },
    linear: () => [...linear].sort(),
  }
}

/**
 * A pattern that is proven linear runs on the native engine. Otherwise the linear-time engine runs it, without a proof.
 * A pattern that this engine cannot express is analysed for attacks; this comes last because it takes longest.
 */
function verdictOn(pattern: string): Verdict {
  const readable = readableWith(pattern)
  if (readable === null) return { kind: 'invalid' }
  const { source, foreign } = readable
  const parsed = parse(source)
  if (parsed !== null && isLinear(parsed.expression)) return { kind: 'native', source, foreign }
  if (isExpressible(source)) return { kind: 'linear', source, foreign }
  const degree = parsed === null ? Number.POSITIVE_INFINITY : degreeOf(source, parsed.expression)
  return degree <= 1 ? { kind: 'native', source, foreign } : { kind: 'backtracking', source, foreign, degree }
}

/**
 * A pattern with a high count is polynomial in theory, and yet takes too long for a text of sixty characters. It is
 * therefore also analysed without upper counts. Alternatives that are written out one by one are found only by trying
 * texts.
 */
function degreeOf(source: string, expression: Expression): number {
  const uncounted = analyse(print(withoutCounts(expression)), 'in general')
  return uncounted === Number.POSITIVE_INFINITY ? uncounted : Math.max(uncounted, analyse(source, 'as counted'))
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

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= 80 ? text : `${characters.slice(0, 79).join('')}…`
}
