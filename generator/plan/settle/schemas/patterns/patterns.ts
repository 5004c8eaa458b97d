import type { Code } from '../../../../support/index.ts'
import { compareText } from '../../../../support/index.ts'
import { costTable, shortened, verdictOn } from './verdict.ts'

export type Judged =
  | {
      readonly kind: 'accepted'
      /** Valid with the flag `u`. Differs from the written pattern only if that is not valid. */
      readonly source: string
      /** A sentence about a construct of another engine that was translated. */
      readonly foreign: string | null
      /** The `maxLength` that makes the pattern acceptable and that the schema lacks; `null`: none is needed. */
      readonly limit: number | null
    }
  | { readonly kind: 'refused'; readonly code: Code; readonly message: string; readonly remedy?: string }

/** Where a pattern stands: what limits the texts that it is matched with. */
export interface Setting {
  /** That of the schema, if it has one. */
  readonly maxLength: number | null
  /** Whether a limit may be added to the schema: `unprovenPatterns: limit`, and a keyword that a limit can stand beside. */
  readonly mayLimit: boolean
}

/** Decides for each pattern of a service which engine runs it, if any (rule O5). */
export interface Patterns {
  judge(source: string, setting: Setting): Judged
  /** Sources for the linear-time engine, in code-unit order. */
  linear(): readonly string[]
  /** The steps of the other patterns that a gateway must count, by source in code-unit order (rule P15). */
  costs(): Readonly<Record<string, readonly number[]>>
}

/** For patterns that are linear, the table continues in proportion after its first entries. */
const linearTable = 2 ** 10

export function createPatterns(): Patterns {
  const linear = new Set<string>()
  const lengths = new Map<string, number>()
  const countUpTo = (source: string, length: number): void => {
    lengths.set(source, Math.max(length, lengths.get(source) ?? 0))
  }
  return {
    judge(written, { maxLength, mayLimit }) {
      const verdict = verdictOn(written)
      if (verdict.kind === 'invalid') {
        return {
          kind: 'refused',
          code: 'GW3253',
          message: `\`${shortened(written)}\` is not a regular expression of ECMAScript.`,
        }
      }
      const { source, foreign } = verdict
      if (verdict.kind === 'linear') linear.add(source)
      if (verdict.kind === 'native' && verdict.costly) countUpTo(source, linearTable)
      if (verdict.kind !== 'unproven') return { kind: 'accepted', source, foreign, limit: null }
      const { limit } = verdict
      if (limit === null || !(mayLimit || (maxLength !== null && maxLength <= limit))) return refused(written, limit)
      const length = Math.min(limit, maxLength ?? limit)
      countUpTo(source, length)
      return { kind: 'accepted', source, foreign, limit: length === maxLength ? null : length }
    },
    linear: () => [...linear].sort(),
    costs: () =>
      Object.fromEntries(
        [...lengths]
          .sort(([a], [b]) => compareText(a, b))
          .map(([source, length]) => {
            const verdict = verdictOn(source)
            return [source, 'steps' in verdict ? costTable(verdict.steps, length) : []]
          }),
      ),
  }
}

function refused(source: string, limit: number | null): Judged {
  const message = `\`${shortened(source)}\` can take a very long time, and the linear-time engine cannot run it.`
  const rewrite = 'Rewrite it without look-around and back-references'
  return {
    kind: 'refused',
    code: 'GW3254',
    message,
    remedy:
      limit === null
        ? `${rewrite}. No limit of the length would make it safe.`
        : `${rewrite}, or limit the value with \`maxLength: ${limit}\`, which \`unprovenPatterns: limit\` at the service does for all such values.`,
  }
}
