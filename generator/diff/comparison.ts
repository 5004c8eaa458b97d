import { isObject, pointedAt } from '../support/index.ts'
import { canonical, type JsonObject, listOf, membersOf } from './document.ts'
import { type Form, formOf } from './forms.ts'

/** Compares parts of two documents. */
export interface Comparison {
  /** Whether the two differ, in themselves or in the targets of their `$ref`s. The names of components do not count. */
  differ(before: unknown, after: unknown): boolean
}

/** Two nodes that are compared once, however many references lead to them. */
interface Pair {
  readonly before: unknown
  readonly after: unknown
  readonly form: Form
  /** Whether they differ in themselves; `null`: not compared yet. */
  differs: boolean | null
  /** The pairs of their references' targets. */
  readonly uses: Pair[]
}

/** @param texts whether descriptions, examples and other texts, which do not affect messages, are compared as well */
export function createComparison(before: JsonObject, after: JsonObject, texts: boolean): Comparison {
  const known = new Map<unknown, Map<unknown, Pair>>()
  /** Pairs that do not differ and do not lead to pairs that differ. */
  const same = new Set<Pair>()

  const pairOf = (one: unknown, other: unknown, form: Form): Pair => {
    const row = known.get(one) ?? new Map<unknown, Pair>()
    known.set(one, row)
    const pair = row.get(other) ?? { before: one, after: other, form, differs: null, uses: [] }
    row.set(other, pair)
    return pair
  }

  /** Whether two nodes are the same, apart from the pairs that are added to `uses`. */
  const isSame = (one: unknown, other: unknown, form: Form, uses: Pair[]): boolean => {
    switch (form) {
      case 'data':
      case 'text':
        return canonical(one) === canonical(other)
      case 'set':
        return canonical(elementsOf(one)) === canonical(elementsOf(other))
      case 'target':
        return isSame({ $ref: one }, { $ref: other }, 'schema', uses)
      case 'schemas':
      case 'objects':
      case 'targets':
        return isSameMembers(one, other, () => elementForm[form], uses)
    }
    if (Array.isArray(one) && Array.isArray(other)) {
      return one.length === other.length && one.every((item, index) => isSame(item, other[index], form, uses))
    }
    if (!isObject(one) || !isObject(other)) return canonical(one) === canonical(other)
    if (!isReference(one) && !isReference(other)) return isSameMembers(one, other, (name) => formOf(name, form), uses)
    const target = targetOf(one, before)
    const otherTarget = targetOf(other, after)
    if (target === undefined || otherTarget === undefined) {
      return target === otherTarget && canonical(one) === canonical(other)
    }
    uses.push(pairOf(target, otherTarget, form))
    const siblings = isReference(one) ? without$ref(one) : {}
    const otherSiblings = isReference(other) ? without$ref(other) : {}
    return isSameMembers(siblings, otherSiblings, (name) => formOf(name, form), uses)
  }

  const isSameMembers = (one: unknown, other: unknown, form: (name: string) => Form, uses: Pair[]): boolean => {
    const members = membersOf(one)
    const others = membersOf(other)
    const names = new Set([...Object.keys(members), ...Object.keys(others)])
    return [...names].every((name) => {
      const as = form(name)
      if (as === 'text') return texts ? canonical(members[name]) === canonical(others[name]) : true
      if (Object.hasOwn(members, name) !== Object.hasOwn(others, name)) return false
      return isSame(members[name], others[name], as, uses)
    })
  }

  const differsItself = (pair: Pair): boolean => {
    pair.differs ??= !isSame(pair.before, pair.after, pair.form, pair.uses)
    return pair.differs
  }

  return {
    differ(one, other) {
      const root: Pair = { before: one, after: other, form: 'object', differs: null, uses: [] }
      const reached = new Set([root])
      // Iteration over a set includes the members that are added meanwhile.
      for (const pair of reached) {
        if (differsItself(pair)) return true
        for (const used of pair.uses) if (!same.has(used)) reached.add(used)
      }
      for (const pair of reached) same.add(pair)
      return false
    },
  }
}

const elementForm = { schemas: 'schema', objects: 'object', targets: 'target' } as const

function isReference(node: unknown): node is { readonly $ref: string } {
  return isObject(node) && typeof node['$ref'] === 'string'
}

/**
 * The target of a reference, through references without siblings; anything else unchanged. `undefined`: there is no
 * target.
 */
export function targetOf(node: unknown, document: JsonObject): unknown {
  if (!isReference(node)) return node
  const seen = new Set<unknown>()
  let found = pointedAt(document, node.$ref)
  while (isReference(found) && Object.keys(found).length === 1) {
    if (seen.has(found)) return undefined
    seen.add(found)
    found = pointedAt(document, found.$ref)
  }
  return found
}

function without$ref(node: JsonObject): JsonObject {
  const { $ref: _, ...siblings } = node
  return siblings
}

function elementsOf(value: unknown): unknown {
  return Array.isArray(value) ? listOf(value).map(canonical).sort() : value
}
