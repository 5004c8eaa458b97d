/** Members whose names are not looked at: so many take no time worth counting. */
const free = 256
const slots = 4_096

/** Steps for a name that occurred before, and for a new one (rule P15). V8 makes a layout of objects, or an entry of a hash table, for each. */
const stepsOf = { known: 1, further: 65 } as const

/** Counts what the names of a body's members take. Of two names that share a slot, each counts as new where it follows the other. */
export class NameSteps {
  #count = 0
  #known: (string | undefined)[] | null = null

  of(name: string): number {
    this.#count += 1
    if (this.#count <= free) return stepsOf.known
    this.#known ??= new Array<string | undefined>(slots).fill(undefined)
    const slot = slotOf(name)
    if (this.#known[slot] === name) return stepsOf.known
    this.#known[slot] = name
    return stepsOf.further
  }
}

function slotOf(name: string): number {
  let hash = name.length
  for (let at = Math.max(0, name.length - 32); at < name.length; at++) hash = (hash * 31 + name.charCodeAt(at)) | 0
  return hash & (slots - 1)
}
