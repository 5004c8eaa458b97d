import { any, type Characters, overlap, union } from './characters.ts'
import type { Expression } from './syntax.ts'

// Properties of an expression that do not depend on a text.

/** A look-around that reads at most this many characters, in at most this many ways, costs the same for every text. */
const narrow = 16

/** The characters with which a match of an expression, or else of what follows it, may start. */
export function startsWith(expression: Expression, after: Characters): Characters {
  switch (expression.kind) {
    case 'set':
      return expression.set ?? any
    case 'end':
      return []
    case 'start':
    case 'boundary':
      return after
    case 'look':
      // A wide one may read much of the text before it fails, so it counts as a start with any character.
      return isNarrow(expression.of) ? after : any
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

/** A look-around within another one, and a back-reference, may read further than the characters that it is written with. */
function isNarrow(of: Expression): boolean {
  return isPlain(of) && longest(of) <= narrow && readings(of) <= narrow
}

/** The most ways to read an expression that matches at most some characters; infinite if it has no bound. */
function readings(expression: Expression): number {
  switch (expression.kind) {
    case 'group':
      return readings(expression.of)
    case 'sequence':
      return expression.items.reduce((product, item) => product * readings(item), 1)
    case 'choice':
      return expression.options.reduce((sum, option) => sum + readings(option), 0)
    case 'repeat': {
      const { min, max, of } = expression
      if (longest(expression) > narrow) return Number.POSITIVE_INFINITY
      if (max - min > narrow) return Number.POSITIVE_INFINITY
      let ways = 0
      for (let count = min; count <= max; count += 1) ways += readings(of) ** count
      return ways
    }
    default:
      return 1
  }
}

/**
 * The places that an engine tries where an expression may begin, before it has read a character. `after`: those of what follows, which
 * are tried as well where the expression matches nothing.
 */
export function entries(expression: Expression, after: number): number {
  switch (expression.kind) {
    case 'set':
    case 'reference':
      return 1
    case 'start':
    case 'end':
    case 'boundary':
      return 1 + after
    case 'look': {
      const { of } = expression
      return places(of) * (isNarrow(of) ? readings(of) : 1) + after
    }
    case 'group':
      return entries(expression.of, after)
    case 'sequence':
      return expression.items.reduceRight((next, item) => entries(item, next), after)
    case 'choice':
      return expression.options.reduce((sum, option) => sum + entries(option, after), 0)
    case 'repeat': {
      if (expression.max === 0) return after
      const within = entries(expression.of, after)
      return expression.min > 0 || shortest(expression.of) === 0 ? within : within + after
    }
  }
}

/** Whether each two alternatives differ in a character that both must read, so that a text continues with one of them at most. */
export function areExclusive(options: readonly Expression[]): boolean {
  const heads = options.map(head)
  return heads.every((one, at) =>
    heads.slice(at + 1).every((other) => one.some((set, place) => !overlap(set, other[place] ?? any))),
  )
}

/** The characters that every match begins with, place by place, as far as each place is one character. */
function head(expression: Expression): readonly Characters[] {
  switch (expression.kind) {
    case 'set':
      return [expression.set ?? any]
    case 'group':
      return head(expression.of)
    case 'sequence': {
      const found: Characters[] = []
      for (const item of expression.items) {
        const next = item.kind === 'start' ? [] : head(item)
        found.push(...next)
        if (item.kind !== 'start' && !(longest(item) === next.length && shortest(item) === next.length)) break
      }
      return found
    }
    default:
      return []
  }
}

/** The fewest characters that an expression matches. */
export function shortest(expression: Expression): number {
  switch (expression.kind) {
    case 'set':
      return 1
    case 'group':
      return shortest(expression.of)
    case 'sequence':
      return expression.items.reduce((sum, item) => sum + shortest(item), 0)
    case 'choice':
      return Math.min(...expression.options.map(shortest))
    case 'repeat':
      return expression.min * shortest(expression.of)
    default:
      return 0
  }
}

/** The most characters that an expression matches. */
export function longest(expression: Expression): number {
  switch (expression.kind) {
    case 'set':
      return 1
    case 'group':
      return longest(expression.of)
    case 'sequence':
      return expression.items.reduce((sum, item) => sum + longest(item), 0)
    case 'choice':
      return Math.max(...expression.options.map(longest))
    case 'repeat': {
      const once = longest(expression.of)
      return expression.max === 0 || once === 0 ? 0 : expression.max * once
    }
    case 'reference':
      return Number.POSITIVE_INFINITY
    default:
      return 0
  }
}

/** The most characters that a group captures, which is what a back-reference compares. */
export function widestCapture(expression: Expression): number {
  switch (expression.kind) {
    case 'group':
      return Math.max(expression.open === '(?:' ? 0 : longest(expression.of), widestCapture(expression.of))
    case 'look':
    case 'repeat':
      return widestCapture(expression.of)
    case 'sequence':
      return Math.max(0, ...expression.items.map(widestCapture))
    case 'choice':
      return Math.max(0, ...expression.options.map(widestCapture))
    default:
      return 0
  }
}

/** The number of places of an expression: characters, assertions and references. */
export function places(expression: Expression): number {
  switch (expression.kind) {
    case 'group':
    case 'look':
    case 'repeat':
      return places(expression.of)
    case 'sequence':
      return expression.items.reduce((sum, item) => sum + places(item), 0)
    case 'choice':
      return expression.options.reduce((sum, option) => sum + places(option), 0)
    default:
      return 1
  }
}

/** Whether the time of a match depends only on the characters that it consumes. */
export function isPlain(expression: Expression): boolean {
  switch (expression.kind) {
    case 'look':
    case 'reference':
      return false
    case 'group':
    case 'repeat':
      return isPlain(expression.of)
    case 'sequence':
      return expression.items.every(isPlain)
    case 'choice':
      return expression.options.every(isPlain)
    default:
      return true
  }
}

/** Whether every match starts at the beginning of the text, so that an engine tries no other place. */
export function isAnchored(expression: Expression): boolean {
  switch (expression.kind) {
    case 'start':
      return true
    case 'group':
      return isAnchored(expression.of)
    case 'choice':
      return expression.options.every(isAnchored)
    case 'sequence':
      for (const item of expression.items) {
        if (isAnchored(item)) return true
        if (longest(item) > 0) return false
      }
      return false
    default:
      return false
  }
}

/** The expression as a look-behind runs it: from its end to its beginning. A look-around within it keeps its own direction. */
export function reversed(expression: Expression): Expression {
  switch (expression.kind) {
    case 'sequence':
      return { ...expression, items: expression.items.map(reversed).reverse() }
    case 'choice':
      return { ...expression, options: expression.options.map(reversed) }
    case 'group':
    case 'repeat':
      return { ...expression, of: reversed(expression.of) }
    default:
      return expression
  }
}

/** A repeated character at the very end with its least count only: nothing after it can fail. */
export function withoutTail(expression: Expression): Expression {
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
