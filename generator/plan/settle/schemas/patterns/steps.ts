import { type Characters, none, overlap, union } from './characters.ts'
import {
  areExclusive,
  entries,
  isAnchored,
  isPlain,
  places,
  reversed,
  shortest,
  startsWith,
  widestCapture,
  withoutTail,
} from './shape.ts'
import type { Expression } from './syntax.ts'

/** The most steps that a backtracking engine takes for a text of at most `length` characters; infinite if it has no bound. */
export type Steps = (length: number) => number

/** Bounds for one start of a match, for all ways to continue together. */
interface Bound {
  /** Ways to match the expression, each of which runs all that follows. */
  readonly ways: number
  /** Steps within the expression. */
  readonly steps: number
}

type Estimate = (length: number) => Bound

interface Surroundings {
  /** The characters that may follow. */
  readonly after: Characters
  /** Attempts after the expression that fail at their first character. */
  readonly exit: number
  /** The most characters that a back-reference compares. */
  readonly captured: number
}

/** A step is one round of a repetition. A character outside of them, and an attempt that fails at its first one, take less. */
const character = 1 / 4
const cheap = 1 / 8

const once: Estimate = () => ({ ways: 1, steps: character })

/**
 * The bound that is proven for an expression: every number is an upper one. Ways multiply along a sequence and add up over the
 * alternatives. A choice that the next character decides has one way, because the others fail at that character.
 */
export function stepsOf(expression: Expression): Steps {
  const around: Surroundings = { after: none, exit: 0, captured: widestCapture(expression) }
  // What the tail reads is read once, by the match that succeeds.
  const failing = estimate(withoutTail(expression), around)
  const starts = isAnchored(expression) ? () => 1 : (length: number) => length + 1
  return (length) => starts(length) * failing(length).steps + length
}

function estimate(expression: Expression, around: Surroundings): Estimate {
  switch (expression.kind) {
    case 'set':
    case 'start':
    case 'end':
    case 'boundary':
      return once
    case 'reference':
      return (length) => ({ ways: 1, steps: 1 + Math.min(length, around.captured) })
    case 'look':
      return look(expression, around)
    case 'group':
      return estimate(expression.of, around)
    case 'sequence':
      return sequence(expression.items, around)
    case 'choice':
      return choice(expression.options, around)
    case 'repeat':
      return repeat(expression, around)
  }
}

/** A look-around is left at its first match and not entered again (ECMA-262, Assertion). */
function look({ of, open }: Expression & { kind: 'look' }, { captured }: Surroundings): Estimate {
  const inner = estimate(open.includes('<') ? reversed(of) : of, { after: none, exit: 0, captured })
  return (length) => ({ ways: 1, steps: 1 + inner(length).steps })
}

function sequence(items: readonly Expression[], around: Surroundings): Estimate {
  let { after, exit } = around
  const parts: Estimate[] = []
  for (const item of [...items].reverse()) {
    parts.unshift(estimate(item, { ...around, after, exit }))
    after = startsWith(item, after)
    exit = entries(item, exit)
  }
  return (length) => {
    let ways = 1
    let steps = 0
    for (const part of parts) {
      const bound = part(length)
      steps += ways * bound.steps
      ways *= bound.ways
    }
    return { ways, steps: Math.max(character, steps) }
  }
}

function choice(options: readonly Expression[], around: Surroundings): Estimate {
  const parts = options.map((option) => estimate(option, around))
  let seen: Characters = none
  let decided = true
  for (const option of options) {
    const starts = startsWith(option, around.after)
    decided &&= !overlap(seen, starts)
    seen = union(seen, starts)
  }
  const exclusive = decided || areExclusive(options)
  const tried = options.reduce((sum, option) => sum + entries(option, 0), 0)
  return (length) => {
    const bounds = parts.map((part) => part(length))
    const ways = bounds.map((bound) => bound.ways)
    const steps = bounds.map((bound) => bound.steps)
    return {
      ways: exclusive ? Math.max(...ways) : sum(ways),
      steps: decided ? Math.max(...steps) + cheap * tried : sum(steps),
    }
  }
}

function repeat({ of, min, max }: Expression & { kind: 'repeat' }, around: Surroundings): Estimate {
  if (max === 0) return once
  const again = max > 1
  const least = shortest(of)
  const starts = startsWith(of, none)
  const inner = estimate(of, {
    ...around,
    after: again ? union(starts, around.after) : around.after,
    exit: around.exit + (again ? entries(of, 0) : 0),
  })
  const decided = min === max || (least > 0 && !overlap(starts, around.after))
  const plain = isPlain(of)
  const overhead = of.kind === 'set' ? 0 : places(of)
  return (length) => {
    // Above the least count an engine ends a repetition at an empty match (ECMA-262, RepeatMatcher).
    const rounds = Math.min(max, least === 0 ? length + min : Math.floor(length / least) + 1)
    const { ways, steps: within } = inner(length)
    const steps = Math.max(1, within)
    const exits = rounds * around.exit * cheap
    if (ways === 1) {
      // One way consumes each character once. Going back over it, each place of the expression may be tried there.
      const linear = (length + rounds) * (1 + overhead * cheap)
      const consuming = plain ? Math.min(rounds * steps, linear) : rounds * steps
      return { ways: decided ? 1 : Math.max(1, rounds - min + 1), steps: consuming + exits }
    }
    // 1 + ways + ways ** 2 + ...: a geometric series over the rounds.
    const series = (ways ** (rounds + 1) - 1) / (ways - 1)
    return { ways: series, steps: (steps + exits) * series }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
