import { EVENT_ID, type Event } from 'js-yaml'

const lineOf = /([ \t]*)([^\r\n]*)(?:\r\n|\n|\r|$)/gy

/** The end of a line after which a block of text begins: `|`, `>-`, `|2 # comment`. */
const blockHeader = /(?:^|[ \t])[|>][0-9+-]{0,2}[ \t]*(?:[ \t]#.*)?$/

/** The offsets of the lines that begin with a closing bracket. Those of a block of text are left out where its indentation shows it. */
export function closingLines(text: string): readonly number[] {
  const found: number[] = []
  /** The indentation of the line that a block of text begins in. */
  let block: number | null = null
  lineOf.lastIndex = 0
  for (let at = 0; at < text.length; at = lineOf.lastIndex) {
    const [, indentation = '', rest = ''] = lineOf.exec(text) ?? []
    if (rest === '' || (block !== null && indentation.length > block)) continue
    block = blockHeader.test(rest) ? indentation.length : null
    if (rest.startsWith(']') || rest.startsWith('}')) found.push(at)
  }
  return found
}

/** Those of the lines that are within a text. `lines`: ascending. */
export function withinScalars(
  events: readonly Event[],
  lines: readonly number[],
  original: (offset: number) => number,
): ReadonlySet<number> {
  const inside = new Set<number>()
  let next = 0
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0) continue
    const [start, end] = [original(event.valueStart), original(event.valueEnd)]
    for (let line = lines[next]; line !== undefined && line < end; line = lines[++next]) {
      if (line >= start) inside.add(line)
    }
  }
  return inside
}

/** A text in which some lines are indented more than any line was, and the way back from its offsets. */
export class Indentation {
  readonly text: string
  readonly #lines: readonly number[]
  readonly #width: number

  /** `lines`: the offsets of the lines, ascending. */
  constructor(text: string, lines: readonly number[]) {
    this.#lines = lines
    this.#width = lines.length === 0 ? 0 : deepest(text) + 1
    const pieces = [0, ...lines].map((start, index) => text.slice(start, lines[index]))
    this.text = lines.length === 0 ? text : pieces.join(' '.repeat(this.#width))
  }

  /** The offset in the text before it was indented. */
  original(offset: number): number {
    let [low, high] = [0, this.#lines.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#at(middle) + middle * this.#width < offset) low = middle + 1
      else high = middle
    }
    return low === 0 ? offset : Math.max(offset - low * this.#width, this.#at(low - 1))
  }

  #at(index: number): number {
    return this.#lines[index] ?? 0
  }
}

/** The most spaces that a line begins with. */
function deepest(text: string): number {
  let most = 0
  lineOf.lastIndex = 0
  while (lineOf.lastIndex < text.length) most = Math.max(most, lineOf.exec(text)?.[1]?.length ?? 0)
  return most
}
