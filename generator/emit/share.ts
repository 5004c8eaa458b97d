/** What a helper is slower by, in the characters that are printed while it loads. */
const handicap = 2_000_000
/** Less than this in all is not worth a helper. */
const worthwhile = 3_000_000

/**
 * Divides work by its sizes among this thread and a helper so that both end at about the same time: the indices that the helper
 * gets, none when it could not help.
 */
export function helpersShare(sizes: readonly number[]): readonly number[] {
  if (sizes.reduce((sum, size) => sum + size, 0) < worthwhile) return []
  const order = sizes.map((size, index) => ({ size, index })).sort((a, b) => b.size - a.size || a.index - b.index)
  const share: number[] = []
  let own = 0
  let helper = handicap
  for (const { size, index } of order) {
    if (own + size <= helper + size) own += size
    else {
      helper += size
      share.push(index)
    }
  }
  return share
}
