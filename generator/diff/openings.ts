import { headerUse } from '../../templates/runtime/words/headers.ts'
import { targetOf } from './comparison.ts'
import { createDescribed } from './described.ts'
import { followed, type JsonObject, listOf, membersOf } from './document.ts'
import { defaultMapping } from './forms.ts'

/** Any name, or anything at all, where the earlier contract listed names. */
const anything = '*'

/** Finds what answers may have that they could not have before. */
export interface Openings {
  /**
   * Members by their path (`items[].cost`; `*`: any name), and header fields, answers and media types that did not exist. `before`,
   * `after`: Responses Objects by status.
   */
  of(before: JsonObject, after: JsonObject): readonly string[]
}

/** The schemas that describe one value together. */
interface Place {
  /** The schemas that are written for it, by themselves or as a `$ref`. */
  readonly roots: readonly unknown[]
  /** The roots, their alternatives, conditions and parts, and what their references lead to. */
  readonly nodes: readonly unknown[]
}

export function createOpenings(earlier: JsonObject, later: JsonObject): Openings {
  const wasDescribed = createDescribed(earlier)
  const isDescribed = createDescribed(later)
  const numbers = new Map<unknown, number>()
  const numberOf = (node: unknown): number => {
    const number = numbers.get(node) ?? numbers.size
    numbers.set(node, number)
    return number
  }

  const find = (before: Place, after: Place, path: string, seen: Set<string>, found: Set<string>): void => {
    const pair = [before, after].map(({ nodes }) => nodes.map(numberOf).join()).join('|')
    if (before.roots.length === 0) {
      if (after.roots.length > 0) found.add(path === '' ? anything : path)
      return
    }
    const wasOpen = before.roots.map((root) => !wasDescribed(root))
    // Roots may be parts of one schema, or alternatives. A place of which some roots are open may be open or not.
    if (seen.has(pair) || wasOpen.every(Boolean)) return
    seen.add(pair)
    if (!wasOpen.includes(true) && !after.roots.every(isDescribed)) {
      found.add(join(path, anything))
      return
    }
    const known = namesIn(before, earlier)
    for (const name of namesIn(after, later)) {
      const old = known.has(name) ? name : known.has(anything) ? anything : null
      if (old === null) found.add(join(path, name))
      else find(membersIn(before, old, earlier), membersIn(after, name, later), join(path, name), seen, found)
    }
    const items = itemsIn(after, later)
    if (items.nodes.length === 0) return
    const old = itemsIn(before, earlier)
    if (old.nodes.length === 0) found.add(`${path}[]`)
    else find(old, items, `${path}[]`, seen, found)
  }

  const findIn = (before: unknown, after: unknown, found: Set<string>): void => {
    const headers = new Set(Object.keys(headersOf(before, earlier)).map((name) => name.toLowerCase()))
    for (const name of Object.keys(headersOf(after, later))) {
      const { answer } = headerUse(name.toLowerCase())
      const isDocumentedOnly = answer === undefined || answer === 'linked'
      if (isDocumentedOnly && !headers.has(name.toLowerCase())) found.add(`the header ${name}`)
    }
    const old = contentOf(before, earlier)
    for (const [type, media] of Object.entries(contentOf(after, later))) {
      if (!Object.hasOwn(old, type)) found.add(type)
      else {
        for (const member of ['schema', 'itemSchema']) {
          // Contents without either may be anything. `itemSchema` says more about contents that `schema` allows.
          const schema = (from: unknown): unknown => membersOf(from)[member] ?? true
          const isLeftOut = membersOf(media)[member] === undefined && membersOf(media)['schema'] !== undefined
          const [was, is] = [placeOf([schema(old[type])], earlier), placeOf([!isLeftOut && schema(media)], later)]
          find(was, is, '', new Set(), found)
        }
      }
    }
  }

  return {
    of(before, after) {
      const found = new Set<string>()
      for (const [status, answer] of Object.entries(after)) {
        if (Object.hasOwn(before, status)) findIn(before[status], answer, found)
        else if (Object.keys(contentOf(answer, later)).length > 0) found.add(`the answer ${status}`)
      }
      return [...found]
    },
  }
}

function contentOf(answer: unknown, document: JsonObject): JsonObject {
  return membersOf(membersOf(followed(answer, document))['content'])
}

function headersOf(answer: unknown, document: JsonObject): JsonObject {
  return membersOf(membersOf(followed(answer, document))['headers'])
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

const compositions = ['allOf', 'anyOf', 'oneOf']
const conditions = ['if', 'then', 'else']

/** The references of a discriminator. */
function selectedBy({ mapping, [defaultMapping]: otherwise }: JsonObject): readonly unknown[] {
  return [...Object.values(membersOf(mapping)), ...(otherwise === undefined ? [] : [otherwise])]
}

/** A place without a schema has no roots. */
function placeOf(schemas: readonly unknown[], document: JsonObject): Place {
  const given = schemas.filter((schema) => schema !== undefined && schema !== false)
  const nodes = new Set<unknown>()
  const add = (node: unknown): void => {
    if (node === undefined || nodes.has(node)) return
    const members = membersOf(node)
    const isReference = typeof members['$ref'] === 'string'
    // The place of a reference alone is that of its target, wherever the reference stands.
    if (!isReference || Object.keys(members).length > 1) nodes.add(node)
    if (isReference) add(targetOf(node, document))
    for (const name of compositions) for (const one of listOf(members[name])) add(one)
    for (const name of conditions) add(members[name])
    for (const one of Object.values(membersOf(members['dependentSchemas']))) add(one)
    for (const ref of selectedBy(membersOf(members['discriminator']))) add(targetOf({ $ref: ref }, document))
  }
  for (const schema of given) add(schema)
  return { roots: given, nodes: [...nodes] }
}

function namesIn({ nodes }: Place, document: JsonObject): ReadonlySet<string> {
  const names = new Set<string>()
  const withheld = new Set<string>()
  for (const node of nodes) {
    const schema = membersOf(node)
    for (const [name, member] of Object.entries(membersOf(schema['properties']))) {
      if (membersOf(targetOf(member, document))['writeOnly'] === true) withheld.add(name)
      else names.add(name)
    }
    if (
      others.some((name) => (schema[name] ?? false) !== false) ||
      Object.keys(membersOf(schema['patternProperties'])).length > 0
    ) {
      names.add(anything)
    }
  }
  // A member that is required without being described passes.
  for (const node of nodes) {
    for (const name of requiredBy(membersOf(node))) if (!withheld.has(name)) names.add(name)
  }
  return names
}

const others = ['additionalProperties', 'unevaluatedProperties']

function requiredBy({ required, dependentRequired }: JsonObject): readonly string[] {
  const lists = [required, ...Object.values(membersOf(dependentRequired))]
  return lists.flatMap(listOf).filter((name) => typeof name === 'string')
}

/** The schemas of a member: those of its name, else those of members of any name. */
function membersIn({ nodes }: Place, name: string, document: JsonObject): Place {
  const named = nodes.map((node) => membersOf(membersOf(node)['properties'])).filter((one) => Object.hasOwn(one, name))
  if (named.length > 0)
    return placeOf(
      named.map((properties) => properties[name]),
      document,
    )
  const rest = nodes.flatMap((node) => {
    const schema = membersOf(node)
    return [...others.map((one) => schema[one]), ...Object.values(membersOf(schema['patternProperties']))]
  })
  const place = placeOf(rest, document)
  return place.roots.length > 0 || name === anything ? place : placeOf([true], document)
}

function itemsIn({ nodes }: Place, document: JsonObject): Place {
  const items = nodes.flatMap((node) => {
    const schema = membersOf(node)
    return [schema['items'], schema['unevaluatedItems'], ...listOf(schema['prefixItems'])]
  })
  return placeOf(items, document)
}
