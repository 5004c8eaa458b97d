import { escapeSegment } from '../../../../templates/runtime/words/pointers.ts'
import type { JsonObject, JsonValue } from '../../../read/types.ts'
import type { Complaints } from './complaints.ts'
import type { Locations, Resource, Target } from './locations.ts'
import type { References } from './references.ts'
import { type Wrong, wrong } from './scalars.ts'
import { type Draft, isList, isObject, isText, member, put } from './values.ts'

/** Translates `discriminator`: the mapping is completed, and each of its values becomes a reference. */
export type Discriminators = (node: JsonObject, pointer: readonly string[], within: Resource) => JsonObject | Wrong

/**
 * A mapping may name a component or refer to it. Schemas that are missing in it are added under their own names: the
 * branches of `oneOf` or `anyOf`, or, where there are none, the component itself and all that extend it by `allOf` at
 * any distance (OpenAPI 3.0.4 and 3.1.1, section 4.8.25). `latest`: in OpenAPI 3.2, which has a `defaultMapping`.
 */
export function createDiscriminators(
  locations: Locations,
  references: References,
  complaints: Complaints,
  latest: boolean,
): Discriminators {
  const heirs = createHeirs(locations)

  return (node, pointer, within) => {
    const value = member(node, 'discriminator')
    const propertyName = isObject(value) ? member(value, 'propertyName') : undefined
    if (!isObject(value) || !isText(propertyName)) return wrong('discriminator', 'an object with a `propertyName`')
    const mapping: Draft = {}
    const mapped = new Set<string>()
    const written = member(value, 'mapping')
    for (const [name, what] of Object.entries(isObject(written) ? written : {})) {
      const target = isText(what) ? references.find(asReference(what, locations), within) : null
      if (target === null) {
        const message = `The mapping of \`${name}\` does not name a schema.`
        complaints.add('GW3260', message, node, ['discriminator', 'mapping', name])
        continue
      }
      const to = references.to(target)
      mapped.add(to)
      put(mapping, name, to)
    }
    for (const [name, target] of byOwnName(node, pointer, within)) {
      if (Object.hasOwn(mapping, name)) continue
      const to = references.to(target)
      if (!mapped.has(to)) put(mapping, name, to)
    }
    const otherwise = fallback(node, value, within)
    return {
      propertyName,
      ...(Object.keys(mapping).length === 0 ? {} : { mapping }),
      ...(otherwise === null ? {} : { defaultMapping: otherwise }),
    }
  }

  /** The schema for values whose property is missing, or not in the mapping (OpenAPI 3.2 only). */
  function fallback(node: JsonObject, discriminator: JsonObject, within: Resource): string | null {
    const what = latest ? member(discriminator, 'defaultMapping') : undefined
    if (what === undefined) return null
    const target = isText(what) ? references.find(asReference(what, locations), within) : null
    if (target !== null) return references.to(target)
    complaints.add('GW3260', 'The `defaultMapping` does not name a schema.', node, ['discriminator', 'defaultMapping'])
    return null
  }

  function byOwnName(node: JsonObject, pointer: readonly string[], within: Resource): ReadonlyMap<string, Target> {
    const found = new Map<string, Target>()
    const branches = [...listOf(node['oneOf']), ...listOf(node['anyOf'])]
    const own = componentOf(pointer)
    const candidates =
      branches.length > 0 ? branches.map(referenceOf) : own === null ? [] : [own, ...heirs(own)].map(toComponent)
    for (const reference of candidates) {
      const target = reference === null ? null : references.find(reference, within)
      const name = componentOf(target?.pointer ?? [])
      if (target !== null && name !== null) found.set(name, target)
    }
    return found
  }
}

/** Which components extend a component, at any distance, in code-unit order. Computed on first use. */
function createHeirs(locations: Locations): (component: string) => readonly string[] {
  let children: Map<string, string[]> | null = null

  const index = (): Map<string, string[]> => {
    const found = new Map<string, string[]>()
    for (const [name, schema] of Object.entries(componentSchemas(locations))) {
      if (!isObject(schema)) continue
      for (const part of listOf(schema['allOf'])) {
        const reference = referenceOf(part)
        const target = reference === null ? null : locations.find(reference, locations.document)
        const parent = componentOf(target?.pointer ?? [])
        if (parent !== null) found.set(parent, [...(found.get(parent) ?? []), name])
      }
    }
    return found
  }

  return (component) => {
    children ??= index()
    const all = new Set<string>()
    const queue = [component]
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      const more = (children.get(name) ?? []).filter((child) => child !== component && !all.has(child))
      for (const child of more) all.add(child)
      queue.push(...more)
    }
    return [...all].sort()
  }
}

/**
 * The value of a mapping as a reference. A component's name takes precedence over a relative reference, as in OpenAPI.
 */
function asReference(value: string, locations: Locations): string {
  return Object.hasOwn(componentSchemas(locations), value) ? toComponent(value) : value
}

function componentSchemas({ document }: Locations): JsonObject {
  const components = member(document.node, 'components')
  const schemas = isObject(components) ? member(components, 'schemas') : undefined
  return isObject(schemas) ? schemas : {}
}

function componentOf(pointer: readonly string[]): string | null {
  const [root, kind, name, ...more] = pointer
  return root === 'components' && kind === 'schemas' && more.length === 0 ? (name ?? null) : null
}

function toComponent(name: string): string {
  return `#/components/schemas/${encodeURIComponent(escapeSegment(name))}`
}

function referenceOf(schema: JsonValue): string | null {
  const reference = isObject(schema) ? member(schema, '$ref') : undefined
  return isText(reference) ? reference : null
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : []
}
