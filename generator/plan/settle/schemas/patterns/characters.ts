/** A set of code points as sorted, disjoint, inclusive ranges. */
export type Characters = readonly (readonly [from: number, to: number])[]

const last = 0x10ffff

export const none: Characters = []
export const any: Characters = [[0, last]]

export function one(from: number, to = from): Characters {
  return [[from, to]]
}

export function union(...sets: readonly Characters[]): Characters {
  const ranges = sets.flat().sort((a, b) => a[0] - b[0])
  const joined: [number, number][] = []
  for (const [from, to] of ranges) {
    const before = joined.at(-1)
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to)
    else joined.push([from, to])
  }
  return joined
}

export function complement(set: Characters): Characters {
  const ranges: [number, number][] = []
  let next = 0
  for (const [from, to] of set) {
    if (from > next) ranges.push([next, from - 1])
    next = to + 1
  }
  if (next <= last) ranges.push([next, last])
  return ranges
}

export function overlap(a: Characters, b: Characters): boolean {
  let i = 0
  let j = 0
  for (let x = a[i], y = b[j]; x !== undefined && y !== undefined; x = a[i], y = b[j]) {
    if (x[1] < y[0]) i += 1
    else if (y[1] < x[0]) j += 1
    else return true
  }
  return false
}

/** With the other case of each ASCII letter. */
export function eitherCase(set: Characters): Characters {
  const shifted = (low: number, high: number, by: number): Characters =>
    set
      .filter(([from, to]) => from <= high && to >= low)
      .map(([from, to]) => [Math.max(from, low) + by, Math.min(to, high) + by] as const)
  return union(set, shifted(0x41, 0x5a, 32), shifted(0x61, 0x7a, -32))
}

const digits = one(0x30, 0x39)
const word = union(digits, one(0x41, 0x5a), one(0x5f), one(0x61, 0x7a))
/** ECMA-262 WhiteSpace and LineTerminator. */
const space = union(
  ...[
    [0x9, 0xd],
    [0x20],
    [0xa0],
    [0x1680],
    [0x2000, 0x200a],
    [0x2028, 0x2029],
    [0x202f],
    [0x205f],
    [0x3000],
    [0xfeff],
  ].map(([from = 0, to = from]) => one(from, to)),
)

/** The characters that `\d`, `\W` and so on match. */
export const classes: ReadonlyMap<string, Characters> = new Map([
  ['d', digits],
  ['D', complement(digits)],
  ['w', word],
  ['W', complement(word)],
  ['s', space],
  ['S', complement(space)],
])

/** The characters that `.` matches. */
export const dot = complement(union(one(0xa), one(0xd), one(0x2028, 0x2029)))
