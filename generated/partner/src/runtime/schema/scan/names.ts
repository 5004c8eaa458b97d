import type { Text } from './text.ts'

/** In place of a member's index: its name is not declared, or no name and colon follow. */
export const undeclared = -1
export const malformed = -2

/** Reads a member's name and the colon; the index of the declared name. `last`: the index of the declared member before; -1: none. */
export type ReadName = (text: Text, last: number) => number

/**
 * Services send members in the same order each time. The name that came next the last time is therefore compared first, which
 * takes a third of the time of a look-up.
 */
export function createReadName(names: readonly string[]): ReadName {
  const indices = new Map(names.map((name, at) => [name, at]))
  const printed = names.map((name) => Buffer.from(JSON.stringify(name)))
  const following = new Int16Array(names.length + 1)

  return (text, last) => {
    text.peek()
    const likely = following[last + 1] ?? 0
    const expected = printed[likely]
    if (expected !== undefined && text.takeAll(expected)) return text.take(0x3a) ? likely : malformed
    const start = text.at
    if (!text.string()) return malformed
    const at = indices.get(text.valueFrom(start)) ?? undeclared
    if (at >= 0) following[last + 1] = at
    return text.take(0x3a) ? at : malformed
  }
}
