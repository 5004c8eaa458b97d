/** A cache with a limit in bytes. Entries that were not read recently are dropped. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined
  /** `bytes`: size of the entry, estimated by the caller. An entry larger than half of the limit is not stored. */
  set(key: string, value: Value, bytes: number): void
  delete(key: string): void
}

/**
 * Two generations instead of a list in order of use: a hit in the young generation is one look-up and moves nothing. When the
 * young generation exceeds half of the limit, it becomes the old one; entries of the previous old one that were not read since
 * are dropped.
 */
export function createBoundedCache<Value>(maxBytes: number): BoundedCache<Value> {
  type Entry = { readonly value: Value; readonly bytes: number }
  let young = new Map<string, Entry>()
  let old = new Map<string, Entry>()
  let youngBytes = 0

  function insert(key: string, entry: Entry): void {
    youngBytes += entry.bytes - (young.get(key)?.bytes ?? 0)
    young.set(key, entry)
    if (youngBytes <= maxBytes / 2) return
    old = young
    young = new Map()
    youngBytes = 0
  }

  return {
    get(key) {
      const entry = young.get(key)
      if (entry !== undefined) return entry.value
      const aged = old.get(key)
      if (aged === undefined) return undefined
      old.delete(key)
      insert(key, aged)
      return aged.value
    },
    set(key, value, bytes) {
      old.delete(key)
      if (bytes <= maxBytes / 2) insert(key, { value, bytes })
      else young.delete(key)
    },
    delete(key) {
      youngBytes -= young.get(key)?.bytes ?? 0
      young.delete(key)
      old.delete(key)
    },
  }
}
