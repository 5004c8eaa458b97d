import { any, type Characters, none, overlap, union } from './characters.ts'
import type { Expression } from './syntax.ts'

/** The most alternative ways to match from one start for which the proof holds. */
const maxWays = 128
/** Longest match that may be tried from every place of a text, for patterns that are not anchored by `^`. */
const maxLoose = 512

/**
 * Whether it is proven that a backtracking engine takes time linear in the text. Choices between two ways to match the
 * same character must be outside of repetitions, so that the number of ways does not grow with the text. At most one
 * choice may depend on the length of the text, with a bounded rest after it. `false` means only that the proof failed.
 */
export function isLinear(expression: Expression): boolean {
  const { anchored, rest } = unanchor(expression)
  if (rest === null) return false
  const needed = withoutTail(rest)
  const ways = waysOf(needed, { after: none, rest: 0, repeated: false })
  if (ways === null || ways > maxWays) return false
  return anchored || longest(needed) * ways <= maxLoose
}

/** A repeated single character class at the very end counts with its least length only: nothing after it can fail. */
function withoutTail(expression: Expression): Expression {
  switch (expression.kind) {
    case 'sequence': {
      const last = expression.items.at(-1)
      return last === undefined
        ? expression
        : { ...expression, items: [...expression.items.slice(0, -1), withoutTail(last)] }
    }
    case 'choice':
      return { ...expression, options: expression.options.map(withoutTail) }
    case 'group':
      return { ...expression, of: withoutTail(expression.of) }
    case 'repeat':
      return expression.of.kind === 'set' ? { ...expression, max: expression.min } : expression
    default:
      return expression
  }
}

interface Surroundings {
  /** The characters that may follow it. */
  readonly after: Characters
  /** The most characters that may be read after it. */
  readonly rest: number
  /** Whether it is within something that may repeat. */
  readonly repeated: boolean
}

/** The most ways in which a match can proceed; `null`: unknown or too many. */
function waysOf(expression: Expression, around: Surroundings): number | null {
  switch (expression.kind) {
    case 'set':
    case 'end':
      return 1
    case 'start':
    case 'boundary':
    case 'look':
    case 'reference':
      return null
    case 'group':
      return waysOf(expression.of, around)
    case 'sequence':
      return waysOfSequence(expression.items, around)
    case 'choice':
      return waysOfChoice(expression.options, around)
    case 'repeat':
      return waysOfRepeat(expression, around)
  }
}

function waysOfSequence(items: readonly Expression[], around: Surroundings): number | null {
  let { after, rest } = around
  let ways = 1
  for (const item of [...items].reverse()) {
    const here = waysOf(item, { after, rest, repeated: around.repeated })
    if (here === null) return null
    ways *= here
    if (ways > maxWays) return null
    after = startsWith(item, after)
    rest += longest(item)
  }
  return ways
}

function waysOfChoice(options: readonly Expression[], around: Surroundings): number | null {
  let total = 0
  let most = 1
  let seen: Characters = none
  let distinct = true
  for (const option of options) {
    const ways = waysOf(option, around)
    if (ways === null) return null
    total += ways
    most = Math.max(most, ways)
    const starts = startsWith(option, around.after)
    distinct &&= !overlap(seen, starts)
    seen = union(seen, starts)
  }
  if (distinct) return most
  return around.repeated || total > maxWays ? null : total
}

function waysOfRepeat(repeat: Expression & { kind: 'repeat' }, around: Surroundings): number | null {
  const { of, min, max } = repeat
  if (max === 0) return 1
  const again = max > 1
  if (again && isNullable(of)) return null
  const starts = startsWith(of, none)
  const inside = waysOf(of, {
    after: again ? union(starts, around.after) : around.after,
    rest: around.rest + longest(repeat),
    repeated: around.repeated || again,
  })
  if (inside === null) return null
  const decided = min === max || !overlap(starts, around.after)
  if (decided && (!again || inside === 1)) return inside
  if (around.repeated || inside !== 1) return null
  if (max === Number.POSITIVE_INFINITY) return around.rest <= maxWays ? 1 : null
  const ways = max - min + 1
  return ways > maxWays ? (around.rest <= maxWays ? 1 : null) : ways
}

/** The characters with which a match of an expression, or else of what follows it, may start. */
function startsWith(expression: Expression, after: Characters): Characters {
  switch (expression.kind) {
    case 'set':
      return expression.set ?? any
    case 'end':
      return none
    case 'start':
    case 'boundary':
    case 'look':
      return after
    case 'reference':
      return any
    case 'group':
      return startsWith(expression.of, after)
    case 'sequence':
      return expression.items.reduceRight((next, item) => startsWith(item, next), after)
    case 'choice':
      return union(...expression.options.map((option) => startsWith(option, after)))
    case 'repeat': {
      if (expression.max === 0) return after
      const within = startsWith(expression.of, after)
      return expression.min === 0 ? union(within, after) : within
    }
  }
}

function isNullable(expression: Expression): boolean {
  switch (expression.kind) {
    case 'set':
      return false
    case 'group':
      return isNullable(expression.of)
    case 'sequence':
      return expression.items.every(isNullable)
    case 'choice':
      return expression.options.some(isNullable)
    case 'repeat':
      return expression.min === 0 || isNullable(expression.of)
    default:
      return true
  }
}

/** The most characters that an expression can match. */
function longest(expression: Expression): number {
  switch (expression.kind) {
    case 'set':
      return 1
    case 'group':
      return longest(expression.of)
    case 'sequence':
      return expression.items.reduce((sum, item) => sum + longest(item), 0)
    case 'choice':
      return Math.max(...expression.options.map(longest))
    case 'repeat':
      return expression.max === 0 ? 0 : expression.max * longest(expression.of)
    case 'reference':
      return Number.POSITIVE_INFINITY
    default:
      return 0
  }
}

/** Removes the `^` that every alternative starts with, and look-aheads directly after it, which are evaluated once. */
function unanchor(expression: Expression): { readonly anchored: boolean; readonly rest: Expression | null } {
  switch (expression.kind) {
    case 'start':
      return { anchored: true, rest: { kind: 'sequence', items: [] } }
    case 'group': {
      const { anchored, rest } = unanchor(expression.of)
      return anchored && rest !== null
        ? { anchored, rest: { ...expression, of: rest } }
        : { anchored: false, rest: expression }
    }
    case 'choice': {
      const options = expression.options.map(unanchor)
      const rests = options.map(({ rest }) => rest)
      return options.every(({ anchored }) => anchored) && rests.every((rest) => rest !== null)
        ? { anchored: true, rest: { kind: 'choice', options: rests } }
        : { anchored: false, rest: expression }
    }
    case 'sequence': {
      const [first, ...more] = expression.items
      if (first === undefined) return { anchored: false, rest: expression }
      const head = unanchor(first)
      if (!head.anchored || head.rest === null) return { anchored: false, rest: expression }
      const items = [head.rest, ...more]
      while (items[1]?.kind === 'look') {
        const [look] = items.splice(1, 1)
        if (look?.kind !== 'look' || look.open.includes('<') || !isLinearAhead(look.of))
          return { anchored: true, rest: null }
      }
      return { anchored: true, rest: { kind: 'sequence', items } }
    }
    default:
      return { anchored: false, rest: expression }
  }
}

function isLinearAhead(expression: Expression): boolean {
  const ways = waysOf(expression, { after: none, rest: 0, repeated: false })
  return ways !== null && ways <= maxWays
}
