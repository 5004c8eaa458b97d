import { work } from '../../json/index.ts'
import { type Check, fail } from '../fault.ts'
import { stringFormats } from '../formats/index.ts'
import { countAt, type Node, textAt } from '../node.ts'
import type { Scope } from './scope.ts'

/** Characters. Reading a longer text takes a step for every eight, and testing its format one for every two (rule P15). */
const shortText = 64

/** The checks of a string. The length is checked first, so patterns and formats never run on a string that is too long (rule O5). */
export function stringChecks(node: Node, scope: Scope): Check | null {
  const least = countAt(node, 'minLength') ?? 0
  const most = countAt(node, 'maxLength') ?? Number.POSITIVE_INFINITY
  const source = textAt(node, 'pattern')
  const pattern = source === undefined ? null : scope.pattern(source)
  const format = stringFormats.get(textAt(node, 'format') ?? '') ?? null
  if (least <= 0 && most === Number.POSITIVE_INFINITY && pattern === null && format === null) return null
  return (value, faults) => {
    const text = value as string
    if (text.length > shortText) work.spend(text.length >> 3)
    if (!hasAtMost(text, most)) return fail(faults, `must have at most ${counted(most)}`)
    if (!hasAtLeast(text, least)) return fail(faults, `must have at least ${counted(least)}`)
    if (pattern !== null && !pattern(text)) return fail(faults, `must match the pattern ${source}`)
    if (format === null) return true
    if (text.length > shortText) work.spend(text.length >> 1)
    return format.test(text) || fail(faults, format.detail)
  }
}

function counted(characters: number): string {
  return characters === 1 ? '1 character' : `${characters} characters`
}

// Length is in code points. The number of UTF-16 units bounds it on both sides, so counting is rarely needed.

function hasAtMost(text: string, most: number): boolean {
  if (text.length <= most) return true
  return text.length <= 2 * most && codePoints(text) <= most
}

function hasAtLeast(text: string, least: number): boolean {
  if (text.length < least) return false
  return text.length >= 2 * least || codePoints(text) >= least
}

function codePoints(text: string): number {
  let count = text.length
  for (let at = 1; at < text.length; at += 1) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800) count -= 1
  }
  return count
}
