/** A cache with a limit in bytes. */
export interface BoundedCache<Value, Key = string> {
  get(key: Key): Value | undefined
  /** `bytes`: size of the entry, estimated by the caller. An entry larger than half of the limit is not stored. */
  set(key: Key, value: Value, bytes: number): void
  delete(key: Key): void
}

interface Slot<Value, Key> {
  readonly key: Key
  readonly value: Value
  readonly bytes: number
  /** Its place in the list of all. */
  place: number
  /** Whether it was read since it was last passed over. */
  read: boolean
}

/** The most entries that are passed over, because they were read, before one is dropped. */
const mostPassed = 16
/** Entries that are looked at when one is stored, to find those that are over. */
const looked = 2

/**
 * When the limit is exceeded, an entry is dropped that is found from a random place on: the next one that was not read since it
 * was last passed over. Entries in use therefore stay, at the cost of one member set by a hit. A list in order of use, and two
 * generations, find nothing at all when a few more callers than there is room for call in turn; a random place finds most.
 *
 * `isOver` says which values are of no more use. Storing an entry looks at two others and drops those, so that the cache does not
 * grow to its limit with them.
 */
export function createBoundedCache<Value, Key = string>(
  maxBytes: number,
  isOver: (value: Value) => boolean = () => false,
): BoundedCache<Value, Key> {
  const slots = new Map<Key, Slot<Value, Key>>()
  const all: Slot<Value, Key>[] = []
  let bytes = 0
  let hand = 0

  function drop(slot: Slot<Value, Key>): void {
    slots.delete(slot.key)
    bytes -= slot.bytes
    const last = all.pop()
    if (last === undefined || last === slot) return
    last.place = slot.place
    all[slot.place] = last
  }

  /** The entry to drop. */
  function victim(): Slot<Value, Key> | undefined {
    let place = Math.floor(Math.random() * all.length)
    for (let passed = 0; passed < mostPassed && all[place]?.read === true; passed += 1) {
      const slot = all[place]
      if (slot !== undefined) slot.read = false
      place = place + 1 < all.length ? place + 1 : 0
    }
    return all[place]
  }

  function sweep(): void {
    for (let count = 0; count < looked; count += 1) {
      hand = hand + 1 < all.length ? hand + 1 : 0
      const slot = all[hand]
      if (slot !== undefined && isOver(slot.value)) drop(slot)
    }
  }

  return {
    get(key) {
      const slot = slots.get(key)
      if (slot === undefined) return undefined
      slot.read = true
      return slot.value
    },
    set(key, value, size) {
      const known = slots.get(key)
      if (known !== undefined) drop(known)
      if (size > maxBytes / 2) return
      sweep()
      while (bytes + size > maxBytes) {
        const slot = victim()
        if (slot === undefined) return
        drop(slot)
      }
      const slot = { key, value, bytes: size, place: all.length, read: false }
      slots.set(key, slot)
      all.push(slot)
      bytes += size
    },
    delete(key) {
      const slot = slots.get(key)
      if (slot !== undefined) drop(slot)
    },
  }
}
