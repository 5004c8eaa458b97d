import type { JsonObject, JsonValue } from '../../../read/types.ts'
import { assigned, type Candidate } from './assignment.ts'
import type { Complaints } from './complaints.ts'
import { componentOf, createKinship, referenceOf } from './heirs.ts'
import type { Locations, Resource, Target } from './locations.ts'
import { asReference, createMappings, mappingOf, toComponent } from './mappings.ts'
import type { References } from './references.ts'
import { type Wrong, wrong } from './scalars.ts'
import { createTags } from './tags.ts'
import { type Draft, isObject, isText, listOf, member, put } from './values.ts'

/** A schema and its place. */
interface Place {
  readonly node: JsonObject
  readonly pointer: readonly string[]
  readonly resource: Resource
}

interface Selection {
  readonly property: string
  /** References by value. */
  readonly mapping: ReadonlyMap<string, string>
  readonly otherwise: string | null
  readonly isPartial: boolean
}

/** Translates `discriminator`: the mapping is completed, and each of its values becomes a reference. */
export type Discriminators = (node: JsonObject, pointer: readonly string[], within: Resource) => JsonObject | Wrong

/** The dialect: OpenAPI 3.1 and later; OpenAPI 3.2, which has a `defaultMapping`. */
export interface Dialect {
  readonly modern: boolean
  readonly latest: boolean
  /** The names in their files of the components that bundling renamed. Their values are these names. */
  readonly renamed: ReadonlyMap<string, string>
}

/**
 * The member of a translated discriminator of alternatives of which some have no value. Contracts leave such a
 * discriminator out, because it would make the names of these alternatives their values.
 */
export const partial = 'x-partial'

/**
 * A mapping may name a component or refer to it. Schemas that are missing in it are added (OpenAPI 3.0.4 and 3.1.1,
 * section 4.8.25): the branches of `oneOf` or `anyOf`, or, where there are none, the component itself and all that
 * extend it by `allOf` at any distance. Their values are those that their own `enum` or `const` lists for the member,
 * or that mappings of the same member elsewhere give them, else their names. A component with heirs that a written mapping
 * leaves out is abstract: its name is no value.
 */
export function createDiscriminators(
  locations: Locations,
  references: References,
  complaints: Complaints,
  { modern, latest, renamed }: Dialect,
): Discriminators {
  const { heirs, aliases } = createKinship(locations, modern)
  const tags = createTags(locations, modern)
  const mapped = createMappings(locations, references)
  /** Schemas whose discriminators are being asked for their values. */
  const asking = new Set<JsonObject>()
  /** Their answers, so that alternatives which refer to each other often are asked once. */
  const answers = new Map<JsonObject, Map<string, ReadonlySet<string> | null>>()

  return (node, pointer, within) => {
    const value = member(node, 'discriminator')
    if (isText(value)) {
      const remedy = `Write \`discriminator: { propertyName: ${value} }\`. Only Swagger 2.0 has text here.`
      return wrong('discriminator', 'an object with a `propertyName`', remedy)
    }
    const selection = selectionOf({ node, pointer, resource: within }, complaints)
    if (selection === null) return wrong('discriminator', 'an object with a `propertyName`')
    const { property, mapping, otherwise, isPartial } = selection
    const complete: Draft = {}
    for (const [name, to] of mapping) put(complete, name, to)
    return {
      propertyName: property,
      ...(mapping.size === 0 ? {} : { mapping: complete }),
      ...(otherwise === null ? {} : { defaultMapping: otherwise }),
      ...(isPartial ? { [partial]: true } : {}),
    }
  }

  /** What the discriminator of a schema selects; `null`: it has none, or a malformed one. `complaints` may be absent. */
  function selectionOf(place: Place, reports: Complaints | null): Selection | null {
    const { node, pointer, resource } = place
    const value = member(node, 'discriminator')
    const property = isObject(value) ? member(value, 'propertyName') : undefined
    if (!isObject(value) || !isText(property)) return null
    const branches = [...listOf(node['oneOf']), ...listOf(node['anyOf'])]
    const own = branches.length > 0 ? null : componentOf(pointer)
    const targets = targetsOf(branches, own, resource)

    const candidate = (target: Target): Candidate => {
      const name = componentOf(target.pointer)
      const elsewhere = mapped(property, target.node)
      const listed = tags(target, property)
      const nested = branches.length > 0 ? nestedValues(target, property) : null
      return {
        to: references.to(target),
        name,
        usual: elsewhere.length > 0 ? elsewhere : name === null ? [] : [renamed.get(name) ?? name, ...aliases(name)],
        allowed: nested === null ? listed : new Set([...nested].filter((one) => listed?.has(one) !== false)),
      }
    }
    const candidates = new Map(targets.map((target) => [references.to(target), candidate(target)]))
    const written = new Map<string, string>()
    for (const [name, what] of Object.entries(mappingOf(value))) {
      const target = isText(what) ? references.find(asReference(what, locations), resource) : null
      const path = ['discriminator', 'mapping', name]
      if (target === null) {
        reports?.add('GW3260', `The mapping of \`${name}\` does not name a schema.`, node, path)
        continue
      }
      const chosen = branches.length > 0 ? branchOf(target, targets) : target
      if (chosen === null) {
        reports?.add('GW3265', `The mapping of \`${name}\` names a schema that is not an alternative.`, node, path)
        continue
      }
      const to = references.to(chosen)
      const known = candidates.get(to) ?? candidate(chosen)
      candidates.set(to, known)
      if (known.allowed?.has(name) === false) {
        reports?.add('GW3264', `${schemaOf(to)} does not allow \`${name}\` for \`${property}\`.`, node, path)
        continue
      }
      written.set(name, to)
    }

    const otherwise = fallback(node, value, resource, reports)
    const { mapping, missing } = assigned({ candidates: [...candidates.values()], written, own, heirs })
    const untold = missing.filter((to) => to !== otherwise)
    if (untold.length > 0) {
      const names = untold.map(schemaOf).join(' and ')
      reports?.add('GW3265', `No value of \`${property}\` stands for ${names}.`, node, ['discriminator'])
    }
    const self = own === null ? null : references.find(toComponent(own), resource)
    // A mapping that names only the schema itself selects nothing.
    const selects = self === null || [...mapping.values()].some((to) => to !== references.to(self))
    return {
      property,
      mapping: selects ? mapping : new Map(),
      otherwise,
      isPartial: untold.length > 0 && branches.length > 0,
    }
  }

  /** The values that a branch's own discriminator for the same member selects by; `null`: it has none. */
  function nestedValues(target: Target, property: string): ReadonlySet<string> | null {
    const { node } = target
    if (!isObject(node) || asking.has(node)) return null
    const known = answers.get(node) ?? new Map<string, ReadonlySet<string> | null>()
    answers.set(node, known)
    const before = known.get(property)
    if (before !== undefined) return before
    asking.add(node)
    const selection = selectionOf({ ...target, node }, null)
    asking.delete(node)
    const isComplete = selection?.property === property && selection.otherwise === null && !selection.isPartial
    const found = isComplete && selection.mapping.size > 0 ? new Set(selection.mapping.keys()) : null
    known.set(property, found)
    return found
  }

  /** The schema for values whose property is missing, or not in the mapping (OpenAPI 3.2 only). */
  function fallback(
    node: JsonObject,
    discriminator: JsonObject,
    within: Resource,
    reports: Complaints | null,
  ): string | null {
    const what = latest ? member(discriminator, 'defaultMapping') : undefined
    if (what === undefined) return null
    const target = isText(what) ? references.find(asReference(what, locations), within) : null
    if (target !== null) return references.to(target)
    reports?.add('GW3260', 'The `defaultMapping` does not name a schema.', node, ['discriminator', 'defaultMapping'])
    return null
  }

  /** The branches that are references, or the component with all its heirs. A component without heirs selects nothing. */
  function targetsOf(branches: readonly JsonValue[], own: string | null, within: Resource): readonly Target[] {
    const family = own === null || heirs(own).length === 0 ? [] : [own, ...heirs(own)]
    const sought = branches.length > 0 ? branches.map(referenceOf) : family.map(toComponent)
    return sought.flatMap((reference) => {
      const target = reference === null ? null : references.find(reference, within)
      return target === null ? [] : [target]
    })
  }

  /** The branch that a mapped schema is, or the only branch that leads to it; `null` if there is none. */
  function branchOf(target: Target, branches: readonly Target[]): Target | null {
    const exact = branches.find(({ node }) => node === target.node)
    if (exact !== undefined) return exact
    const leading = branches.filter((branch) => leads(branch, target, new Set()))
    const [only] = leading
    return leading.length === 1 && only !== undefined ? only : null
  }

  /** Whether values of a schema may be values of another one: through references and alternatives, or as its heir. */
  function leads(from: Target, to: Target, seen: Set<JsonValue>): boolean {
    if (from.node === to.node) return true
    if (seen.has(from.node) || !isObject(from.node)) return false
    seen.add(from.node)
    const { node, resource } = from
    const name = componentOf(from.pointer)
    const extended = name === null ? [] : heirs(name)
    if (extended.includes(componentOf(to.pointer) ?? '')) return true
    const parts = listOf(node['allOf'])
    const next = [node, ...listOf(node['oneOf']), ...listOf(node['anyOf']), ...(parts.length === 1 ? parts : [])]
    return next.some((one) => {
      const reference = referenceOf(one)
      const target = reference === null ? null : references.find(reference, resource)
      return target !== null && leads(target, to, seen)
    })
  }
}

/** The name of a schema in messages. */
function schemaOf(reference: string): string {
  return `\`${reference.slice(reference.lastIndexOf('/') + 1)}\``
}
