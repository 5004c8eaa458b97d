import { distance } from 'fastest-levenshtein'

/** The candidate that `word` was most likely meant to be, or `null` when none is near enough to be worth saying. */
export function closest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue
    const far = distance(word.toLowerCase(), candidate.toLowerCase())
    if (far < bestDistance) {
      best = candidate
      bestDistance = far
    }
  }
  return best
}

/** ` Did you mean "x"?` with a leading space, or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const guess = closest(word, candidates)
  return guess === null ? '' : ` Did you mean \`${guess}\`?`
}
