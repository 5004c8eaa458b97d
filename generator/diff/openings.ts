import { targetOf } from './comparison.ts'
import { followed, type JsonObject, listOf, membersOf } from './document.ts'

/** Any name, or anything at all, where the earlier contract listed names. */
const anything = '*'

/** Finds what answers may have that they could not have before. */
export interface Openings {
  /**
   * Members by their path (`items[].cost`; `*`: any name), and answers or media types that did not exist. `before`, `after`: Responses
   * Objects by status.
   */
  of(before: JsonObject, after: JsonObject): readonly string[]
}

/** The schemas that describe one value together: a schema, its alternatives, and what its references lead to. */
type Place = readonly unknown[]

export function createOpenings(earlier: JsonObject, later: JsonObject): Openings {
  const numbers = new Map<unknown, number>()
  const numberOf = (node: unknown): number => {
    const number = numbers.get(node) ?? numbers.size
    numbers.set(node, number)
    return number
  }

  const find = (before: Place, after: Place, path: string, seen: Set<string>, found: Set<string>): void => {
    const pair = [before, after].map((place) => place.map(numberOf).join()).join('|')
    if (seen.has(pair) || isOpen(before)) return
    seen.add(pair)
    if (isOpen(after)) {
      found.add(join(path, anything))
      return
    }
    const known = namesIn(before, earlier)
    for (const name of namesIn(after, later)) {
      if (!known.has(name) && !known.has(anything)) found.add(join(path, name))
      else if (known.has(name)) {
        find(membersIn(before, name, earlier), membersIn(after, name, later), join(path, name), seen, found)
      }
    }
    const items = itemsIn(after, later)
    if (items.length === 0) return
    const old = itemsIn(before, earlier)
    if (old.length === 0) found.add(`${path}[]`)
    else find(old, items, `${path}[]`, seen, found)
  }

  return {
    of(before, after) {
      const found = new Set<string>()
      for (const [status, answer] of Object.entries(after)) {
        const now = contentOf(answer, later)
        if (!Object.hasOwn(before, status)) {
          if (Object.keys(now).length > 0) found.add(`the answer ${status}`)
          continue
        }
        const old = contentOf(before[status], earlier)
        for (const [type, media] of Object.entries(now)) {
          if (!Object.hasOwn(old, type)) found.add(type)
          else {
            for (const member of ['schema', 'itemSchema']) {
              const schema = (from: unknown): unknown => membersOf(from)[member] ?? member === 'schema'
              find(placeOf(schema(old[type]), earlier), placeOf(schema(media), later), '', new Set(), found)
            }
          }
        }
      }
      return [...found]
    },
  }
}

function contentOf(answer: unknown, document: JsonObject): JsonObject {
  return membersOf(membersOf(followed(answer, document))['content'])
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

const alternatives = ['allOf', 'anyOf', 'oneOf'] as const
const branches = ['then', 'else'] as const

function placeOf(schema: unknown, document: JsonObject): Place {
  const place = new Set<unknown>()
  const add = (node: unknown): void => {
    if (node === undefined || place.has(node)) return
    const members = membersOf(node)
    const isReference = typeof members['$ref'] === 'string'
    // The place of a reference alone is that of its target, wherever the reference stands.
    if (!isReference || Object.keys(members).length > 1) place.add(node)
    if (isReference) add(targetOf(node, document))
    for (const name of alternatives) for (const one of listOf(members[name])) add(one)
    for (const name of branches) add(members[name])
  }
  add(schema)
  return [...place]
}

/** What says which members or elements a value has, or that it is none of both. */
const telling = new Set([
  '$ref',
  'additionalProperties',
  'allOf',
  'anyOf',
  'const',
  'enum',
  'items',
  'oneOf',
  'patternProperties',
  'prefixItems',
  'properties',
])

/** Whether a value may be anything, or an object with members of any name. */
function isOpen(place: Place): boolean {
  if (place.includes(true)) return true
  return !place.some((node) => {
    if (node === false) return true
    const schema = membersOf(node)
    const types = [schema['type'] ?? []].flat()
    const isScalar = types.length > 0 && !types.includes('object') && !types.includes('array')
    return isScalar || Object.keys(schema).some((name) => telling.has(name) && !isComposition(name))
  })
}

/** The schemas of a composition are in the same place. */
function isComposition(name: string): boolean {
  return name === '$ref' || alternatives.some((one) => one === name)
}

function namesIn(place: Place, document: JsonObject): ReadonlySet<string> {
  const names = new Set<string>()
  for (const node of place) {
    const schema = membersOf(node)
    for (const [name, member] of Object.entries(membersOf(schema['properties']))) {
      if (membersOf(targetOf(member, document))['writeOnly'] !== true) names.add(name)
    }
    const others = schema['additionalProperties'] ?? false
    if (others !== false || Object.keys(membersOf(schema['patternProperties'])).length > 0) names.add(anything)
  }
  return names
}

function membersIn(place: Place, name: string, document: JsonObject): Place {
  return merged(
    place.flatMap((node) => {
      const schema = membersOf(node)
      if (name !== anything) return [membersOf(schema['properties'])[name]]
      return [schema['additionalProperties'], ...Object.values(membersOf(schema['patternProperties']))]
    }),
    document,
  )
}

function itemsIn(place: Place, document: JsonObject): Place {
  const items = place.flatMap((node) => {
    const schema = membersOf(node)
    return [schema['items'], ...listOf(schema['prefixItems'])]
  })
  return merged(items, document)
}

function merged(schemas: readonly unknown[], document: JsonObject): Place {
  const given = schemas.filter((schema) => schema !== undefined && schema !== false)
  return [...new Set(given.flatMap((schema) => placeOf(schema, document)))]
}
