import { distance } from 'fastest-levenshtein'
import { compareText } from './order.ts'

/** Levenshtein distance of two texts. */
export const editDistance: (a: string, b: string) => number = distance

/** The candidate nearest to `word`, ignoring case; `null` if none is near enough. Of equally near ones, the first in code-unit order. */
export function closest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of [...candidates].sort(compareText)) {
    if (Math.abs(candidate.length - word.length) >= least) continue
    const found = distance(word.toLowerCase(), candidate.toLowerCase())
    if (found < least) {
      best = candidate
      least = found
    }
  }
  return best
}

/** ` Did you mean `x`?` with a leading space, or an empty text. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const guess = closest(word, candidates)
  return guess === null ? '' : ` Did you mean \`${guess}\`?`
}

/** `Did you mean `x`?`, else a list of up to eight candidates, else `null`. */
export function suggestion(word: string, candidates: Iterable<string>): string | null {
  const known = [...new Set(candidates)].sort(compareText)
  const guess = closest(word, known)
  if (guess !== null) return `Did you mean \`${guess}\`?`
  if (known.length === 0) return null
  const shown = known.slice(0, 8).map((name) => `\`${name}\``)
  return `There is ${shown.join(', ')}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ''}.`
}
