import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { isNote } from './keywords.ts'
import type { Locations, Resource } from './locations.ts'
import { isObject, isText, listOf, member } from './values.ts'

/** The components that extend a component by `allOf`, at any distance, in code-unit order. */
export type Heirs = (component: string) => readonly string[]

/** How the components of a document depend on each other. */
export interface Kinship {
  readonly heirs: Heirs
  /** The components that are only a `$ref` to a component. */
  readonly aliases: (component: string) => readonly string[]
}

/** Longest chain of references without other keywords that is followed. */
const maxHops = 32

/** The indexes are made on first use. `modern`: keywords beside a `$ref` count, so that the schema extends its target. */
export function createKinship(locations: Locations, modern: boolean): Kinship {
  let children: ReadonlyMap<string, readonly string[]> | null = null
  let aliases: ReadonlyMap<string, readonly string[]> | null = null
  const known = new Map<string, readonly string[]>()

  const indexBy = (keysOf: (schema: JsonValue) => readonly string[]): ReadonlyMap<string, readonly string[]> => {
    const found = new Map<string, string[]>()
    for (const [name, schema] of Object.entries(componentSchemas(locations))) {
      for (const key of keysOf(schema)) found.set(key, [...(found.get(key) ?? []), name])
    }
    return found
  }

  /** The components that a schema extends itself: in `allOf`, also where a variant of it allows null. */
  const parentsOf = (schema: JsonValue, outer: Resource): readonly string[] => {
    if (!isObject(schema)) return []
    const within = locations.enter(schema, outer)
    const own = modern && !Object.keys(schema).every((keyword) => keyword === '$ref' || isNote(keyword)) ? [schema] : []
    const parts = listOf(schema['allOf'])
    const parents = [...own, ...parts].flatMap((part) => {
      const component = componentBehind(part, within)
      return component === null ? [] : [component]
    })
    const nested = [...parts, ...(besideNull(schema) ?? [])].filter((part) => referenceOf(part) === null)
    return [...new Set([...parents, ...nested.flatMap((part) => parentsOf(part, within))])]
  }

  const isAlias = (schema: JsonValue): boolean =>
    isObject(schema) && referenceOf(schema) !== null && (!modern || Object.keys(schema).length === 1)

  /** The component that a `$ref` leads to, through components that are only a `$ref`. */
  const componentBehind = (start: JsonValue, outer: Resource): string | null => {
    let reference = referenceOf(start)
    let within = outer
    for (let hops = 0; reference !== null && hops < maxHops; hops++) {
      const target = locations.find(reference, within)
      if (target === null) return null
      const next = referenceOf(target.node)
      if (next === null || !isAlias(target.node)) return componentOf(target.pointer)
      reference = next
      within = target.resource
    }
    return null
  }

  const search = (component: string): readonly string[] => {
    children ??= indexBy((schema) => parentsOf(schema, locations.document))
    const all = new Set<string>()
    const queue = [component]
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      const more = (children.get(name) ?? []).filter((child) => child !== component && !all.has(child))
      for (const child of more) all.add(child)
      queue.push(...more)
    }
    return [...all].sort()
  }

  return {
    heirs: (component) => {
      const found = known.get(component) ?? search(component)
      known.set(component, found)
      return found
    },
    aliases: (component) => {
      aliases ??= indexBy((schema) => {
        const target = isAlias(schema) ? componentBehind(schema, locations.document) : null
        return target === null ? [] : [target]
      })
      return aliases.get(component) ?? []
    },
  }
}

export function componentSchemas({ document }: Locations): JsonObject {
  const components = member(document.node, 'components')
  const schemas = isObject(components) ? member(components, 'schemas') : undefined
  return isObject(schemas) ? schemas : {}
}

/** The name of the component at a pointer; `null`: it is not that of a whole component. */
export function componentOf(pointer: readonly string[]): string | null {
  const [root, kind, name, ...more] = pointer
  return root === 'components' && kind === 'schemas' && more.length === 0 ? (name ?? null) : null
}

export function referenceOf(schema: JsonValue): string | null {
  const reference = isObject(schema) ? member(schema, '$ref') : undefined
  return isText(reference) ? reference : null
}

/** The one alternative beside `type: 'null'`, as a list; `null`: the schema does not have this form. */
export function besideNull(schema: JsonObject): readonly JsonValue[] | null {
  const alternatives = listOf(schema['anyOf'] ?? schema['oneOf'])
  const others = alternatives.filter((one) => !isObject(one) || one['type'] !== 'null')
  return others.length === 1 && others.length < alternatives.length ? others : null
}
