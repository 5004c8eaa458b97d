import type { JsonObject, JsonValue } from '../../../read/types.ts'
import type { Complaints } from './complaints.ts'
import type { Locations, Resource, Target } from './locations.ts'
import { schemaName } from './names.ts'
import { isObject, isText, member } from './values.ts'

/** Follows references, and queues their targets until they are translated. */
export interface References {
  /** The schema that a reference written in a resource leads to; `null` if there is none. */
  find(reference: string, within: Resource): Target | null
  /** The reference to a schema in the translation. Queues the schema on first use. */
  to(target: Target): string
  /** The translation of a `$ref` or `$dynamicRef`. Reports one that leads to no schema, or to several. */
  follow(node: JsonObject, keyword: '$ref' | '$dynamicRef', within: Resource): string | null
  /** The next schema to translate, and its name. */
  next(): { readonly name: string; readonly target: Target } | null
}

/** `modern`: booleans are schemas, and other keywords are allowed beside a `$ref`. */
export function createReferences(locations: Locations, modern: boolean, complaints: Complaints): References {
  const known = new Set<string>()
  const waiting: { readonly name: string; readonly target: Target }[] = []

  const isSchema = (value: JsonValue): boolean => isObject(value) || (modern && typeof value === 'boolean')

  const find = (reference: string, within: Resource): Target | null => {
    const target = locations.find(reference, within)
    return target !== null && isSchema(target.node) && !isCircle(target) ? target : null
  }

  /** Whether a schema is a circle of references without any other keyword. */
  const circles = new Map<JsonValue, boolean>()
  const isCircle = (start: Target): boolean => {
    const seen = new Set<JsonValue>()
    const settle = (found: boolean): boolean => {
      for (const node of seen) circles.set(node, found)
      return found
    }
    for (let at: Target | null = start; at !== null && isObject(at.node); ) {
      const known = circles.get(at.node)
      if (known !== undefined) return settle(known)
      const reference = member(at.node, '$ref')
      if (!isText(reference) || (modern && Object.keys(at.node).length > 1)) return settle(false)
      if (seen.has(at.node)) return settle(true)
      seen.add(at.node)
      at = locations.find(reference, at.resource)
    }
    return settle(false)
  }

  const to = (target: Target): string => {
    const name = schemaName(target.pointer)
    if (!known.has(name)) {
      known.add(name)
      waiting.push({ name, target })
    }
    return `#/components/schemas/${name}`
  }

  return {
    find,
    to,
    follow(node, keyword, within) {
      const reference = member(node, keyword)
      if (!isText(reference)) {
        complaints.add('GW3251', `\`${keyword}\` must be text.`, node, [keyword])
        return null
      }
      const target = find(reference, within)
      if (target === null) {
        complaints.add('GW3250', `\`${reference}\` does not lead to a schema.`, node, [keyword])
        return null
      }
      const anchor = isObject(target.node) ? member(target.node, '$dynamicAnchor') : undefined
      if (keyword === '$dynamicRef' && isText(anchor) && locations.dynamicAnchors(anchor) > 1) {
        const message = `\`${reference}\` means several schemas, as each of them has the \`$dynamicAnchor\` \`${anchor}\`.`
        complaints.add('GW3256', message, node, [keyword])
        return null
      }
      return to(target)
    },
    next: () => waiting.pop() ?? null,
  }
}

/** The component that a translated reference names. */
export function referredName(reference: string): string {
  return reference.slice('#/components/schemas/'.length)
}
