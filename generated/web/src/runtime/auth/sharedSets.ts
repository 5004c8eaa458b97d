import { createBoundedCache } from '../support/boundedCache.ts'

/** Bytes of the sets that are shared, for each issuer. */
const maxBytes = 1_024 * 1_024
/** Characters of the members of a set that is shared. */
const longest = 1_024

interface MadeSet {
  readonly set: ReadonlySet<string>
  /** Estimated bytes that the set takes more than before; 0: it was there. */
  readonly bytes: number
}

/**
 * Makes sets of texts, and gives the same set for the same texts: a set takes up to 500 bytes, and most callers of an issuer have
 * one of a few sets of scopes and roles. A set that is too long is not kept.
 */
export function createSharedSets(): (texts: readonly string[]) => MadeSet {
  const sets = createBoundedCache<ReadonlySet<string>>(maxBytes)
  return (texts) => {
    const name = JSON.stringify(texts)
    const known = sets.get(name)
    if (known !== undefined) return { set: known, bytes: 0 }
    const set = new Set(texts)
    // Measured: a member takes up to 64 bytes besides its characters.
    const bytes = 192 + 64 * set.size + name.length
    if (name.length <= longest) sets.set(name, set, bytes + name.length)
    return { set, bytes }
  }
}
