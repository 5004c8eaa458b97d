/** A cache that holds at most a number of bytes, and forgets what was not asked for lately. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined
  /** `bytes`: what the entry takes, estimated by the caller. */
  set(key: string, value: Value, bytes: number): void
  delete(key: string): void
}

/**
 * Two generations instead of a list in order of use: a hit among the young is one look-up and moves nothing. When the young
 * fill half of the space they become the old, and what was old and not asked for since is forgotten.
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
