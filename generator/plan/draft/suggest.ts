import { distance } from 'fastest-levenshtein'
import { compareText } from '../../support/index.ts'

/** The candidate that somebody probably meant, or `null` when none is near. Ties go to the first in code-unit order. */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.max(2, Math.floor(text.length / 3)) + 1
  for (const candidate of [...candidates].sort(compareText)) {
    if (Math.abs(candidate.length - text.length) >= least) continue
    const found = distance(text.toLowerCase(), candidate.toLowerCase())
    if (found < least) {
      least = found
      best = candidate
    }
  }
  return best
}

/** `Did you mean ...?`, else what there is to choose from, else `null`. */
export function suggestion(text: string, candidates: Iterable<string>): string | null {
  const known = [...new Set(candidates)].sort(compareText)
  const near = nearest(text, known)
  if (near !== null) return `Did you mean \`${near}\`?`
  if (known.length === 0) return null
  const shown = known.slice(0, 8).map((name) => `\`${name}\``)
  return `There is ${shown.join(', ')}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ''}.`
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
