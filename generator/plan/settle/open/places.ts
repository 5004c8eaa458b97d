import { escapeSegment } from '../../../../templates/runtime/words/pointers.ts'
import type { JsonObject } from '../../../read/types.ts'
import { isNote } from '../schemas/keywords.ts'
import { referredName } from '../schemas/references.ts'
import type { Translated, Translation } from '../schemas/types.ts'
import { isObject, isText } from '../schemas/values.ts'
import { createSpots, isWithheld, type Openness, type Spot, type Step } from './views.ts'

/** A place of a value that passes whole. */
export interface OpenPlace {
  /** Pointer into the value (RFC 6901), with `*` for any member or item; `''`: the value itself. */
  readonly pointer: string
  readonly openness: Openness
  /** The schema that would have to describe it, behind references; `true`: none is written. */
  readonly schema: Translated
  /** The schema around it, and the keyword that leads to it; `null`: it is the schema of the whole value. */
  readonly within: Pick<Step, 'holder' | 'keyword' | 'segment'> | null
  /**
   * Whether its schema contains itself, and the place is in the first value of it within another one: the pointer stands for the same place
   * of all further ones, which are not listed.
   */
  readonly repeats: boolean
}

/** Finds the open places of the values of a schema, the shortest pointers first; those of schemas within themselves last. */
export type PlacesOf = (schema: Translated) => readonly OpenPlace[]

interface Visit {
  readonly pointer: string
  readonly schemas: readonly Translated[]
  readonly within: OpenPlace['within']
  readonly trail: Trail | null
}

/** The keys of the places around a place. */
interface Trail {
  readonly key: string
  readonly outer: Trail | null
}

/**
 * Visits of one value that repeat schemas with open places: such a schema is listed at each place that uses it. After them each schema is
 * listed once, and once within itself, because the places of documents whose schemas refer to each other often are without number.
 */
const mostRepeats = 500

const known = new WeakMap<Translation, PlacesOf>()

/** The search in the schemas of a service. Its results are kept, because many operations answer with the same schemas. */
export function placesIn(translation: Translation): PlacesOf {
  const found = known.get(translation) ?? createPlaces(translation)
  known.set(translation, found)
  return found
}

function createPlaces({ schemas }: Translation): PlacesOf {
  const ids = new Map<Translated, number>()
  const spots = new Map<string, Spot>()
  const results = new Map<string, readonly OpenPlace[]>()
  const spotOf = createSpots(schemas)

  const keyOf = (together: readonly Translated[]): string => {
    const all = together.map((schema) => {
      const target = behind(schema, schemas)
      const id = ids.get(target) ?? ids.size
      ids.set(target, id)
      return id
    })
    return [...new Set(all)].sort((a, b) => a - b).join()
  }
  const spotAt = (key: string, together: readonly Translated[]): Spot => {
    const spot = spots.get(key) ?? spotOf(together)
    spots.set(key, spot)
    return spot
  }

  /** Whether a place of these keys is open, or one within it. Those that are reached from a key that is known are known. */
  const leads = new Map<string, boolean>()
  const explore = (start: string, all: readonly Translated[]): void => {
    if (leads.has(start)) return
    const reached = new Map([[start, all]])
    const around = new Map<string, Set<string>>()
    const found = new Set<string>()
    for (const [key, together] of reached) {
      const { openness, steps } = spotAt(key, together)
      if (openness !== null) found.add(key)
      for (const { schemas: inner } of steps) {
        const next = keyOf(inner)
        const outer = around.get(next) ?? new Set()
        around.set(next, outer.add(key))
        if (leads.get(next) === true) found.add(key)
        if (!leads.has(next) && !reached.has(next)) reached.set(next, inner)
      }
    }
    for (const key of found) for (const outer of around.get(key) ?? []) found.add(outer)
    for (const key of reached.keys()) leads.set(key, found.has(key))
  }

  const search = (root: Translated): readonly OpenPlace[] => {
    const found = new Map<string, OpenPlace>()
    let visits = 0
    /** Returns the visits of schemas within themselves. */
    const walk = (waiting: Visit[], repeats: boolean): readonly Visit[] => {
      const inner: Visit[] = []
      const seen = new Set<string>()
      for (const visit of waiting) {
        const { pointer, schemas: together, within, trail } = visit
        const key = keyOf(together)
        if (leads.get(key) !== true) continue
        if (contains(trail, key)) {
          inner.push({ ...visit, trail: null })
          continue
        }
        if (seen.has(key) && visits++ >= mostRepeats) continue
        seen.add(key)
        const { openness, steps } = spotAt(key, together)
        if (openness !== null && !found.has(pointer)) {
          found.set(pointer, { pointer, openness, schema: decidingOf(together, schemas), within, repeats })
        }
        for (const step of steps) {
          waiting.push({
            pointer: `${pointer}/${escapeSegment(step.segment)}`,
            schemas: step.schemas,
            within: step,
            trail: { key, outer: trail },
          })
        }
      }
      return inner
    }
    explore(keyOf([root]), [root])
    walk([...walk([{ pointer: '', schemas: [root], within: null, trail: null }], false)], true)
    return [...found.values()]
  }

  return (schema) => {
    if (isWithheld(schema)) return []
    const key = keyOf([schema])
    const result = results.get(key) ?? search(schema)
    results.set(key, result)
    return result
  }
}

function contains(trail: Trail | null, key: string): boolean {
  for (let at = trail; at !== null; at = at.outer) if (at.key === key) return true
  return false
}

/** The schema that is behind references without anything beside them. */
function behind(schema: Translated, schemas: ReadonlyMap<string, Translated>): Translated {
  const passed = new Set<Translated>()
  let at = schema
  while (isObject(at) && !passed.has(at)) {
    passed.add(at)
    const { $ref } = at
    if (!isText($ref) || !isReference(at)) return at
    at = schemas.get(referredName($ref)) ?? true
  }
  return at
}

function isReference(schema: JsonObject): boolean {
  return Object.keys(schema).every((keyword) => keyword === '$ref' || isNote(keyword))
}

function decidingOf(together: readonly Translated[], schemas: ReadonlyMap<string, Translated>): Translated {
  const written = together.map((schema) => behind(schema, schemas))
  return written.find(isObject) ?? true
}
