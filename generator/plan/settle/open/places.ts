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
}

/** Finds the open places of the values of a schema, the shortest pointers first. */
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
 * Visits of one value that repeat schemas: a schema that is used at several places is listed at each. After them each schema is listed once,
 * because the places of documents whose schemas refer to each other often are without number.
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

  const search = (root: Translated): readonly OpenPlace[] => {
    const found = new Map<string, OpenPlace>()
    const seen = new Set<string>()
    let repeats = 0
    const waiting: Visit[] = [{ pointer: '', schemas: [root], within: null, trail: null }]
    for (const { pointer, schemas: together, within, trail } of waiting) {
      const key = keyOf(together)
      if (contains(trail, key) || (seen.has(key) && repeats++ >= mostRepeats)) continue
      seen.add(key)
      const { openness, steps } = spotAt(key, together)
      if (openness !== null && !found.has(pointer)) {
        found.set(pointer, { pointer, openness, schema: decidingOf(together, schemas), within })
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
