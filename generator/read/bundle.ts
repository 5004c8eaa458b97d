import { basename, extname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Draft, isObject } from '../support/index.ts'
import { followedOf, type Shape, sectionOf } from './kinds.ts'
import { fragmentOf, isMappingReference } from './references.ts'
import { type Library, type Target, Targets } from './targets.ts'
import { isReference, type ReferenceNode } from './tree.ts'
import type { JsonObject, JsonValue } from './types.ts'

type Reference = ReferenceNode & JsonObject

const schema: Shape = { kind: 'schema', form: 'one' }

/**
 * Joins a document and the files that it refers to into one, in place. Nodes stay the same objects wherever possible, so origins recorded
 * by identity stay valid. References that cannot be followed stay as written. Throws an error if the files cannot be joined. Returns the names in
 * their files of the component schemas whose names were taken, by their new names.
 */
export function bundleDocument(path: string, root: JsonObject, library: Library): ReadonlyMap<string, string> {
  return new Bundler(path, root as Draft, library).run()
}

class Bundler {
  readonly #path: string
  readonly #root: Draft
  readonly #library: Library
  readonly #targets: Targets
  /** By kind and form, the nodes that were walked. */
  readonly #walked = new Map<string, Set<object>>()
  /** References that were looked at, and maps of discriminators. */
  readonly #seen = new Set<object>()
  /** Targets that are being copied to the places of references. */
  readonly #copied = new Set<JsonValue>()
  /** The names of components by their nodes, for each section. */
  readonly #names = new Map<string, Map<JsonValue, string>>()
  readonly #renamed = new Map<string, string>()

  constructor(path: string, root: Draft, library: Library) {
    this.#path = path
    this.#root = root
    this.#library = library
    this.#targets = new Targets(path, library)
  }

  run(): ReadonlyMap<string, string> {
    // References to components are resolved where the components are in the end.
    this.#place(this.#root, 'components')
    const { components } = this.#root
    if (isObject(components)) {
      for (const name of Object.keys(components)) this.#place(components as Draft, name)
    }
    this.#walk(this.#root, { kind: 'document', form: 'one' })
    return this.#renamed
  }

  /** Replaces a member that is a reference by its target. What is below is not looked at yet. */
  #place(holder: Draft, name: string): void {
    const node = holder[name]
    if (!isObject(node) || !isReference(node)) return
    const target = this.#targets.of(node)
    if (target === null || target.path === this.#path || !isObject(target.value)) return
    replace(node as Reference, target.value)
  }

  /** Settles the references below a node. The result replaces it. */
  #walk(node: JsonValue, shape: Shape): JsonValue {
    if (typeof node !== 'object' || node === null) return node
    if (!Array.isArray(node) && isReference(node)) return this.#settle(node as Reference, shape)
    this.#members(node, shape)
    return node
  }

  #members(node: JsonObject | readonly JsonValue[], shape: Shape): void {
    const key = `${shape.form} ${shape.kind}`
    const walked = this.#walked.get(key) ?? new Set()
    this.#walked.set(key, walked)
    if (walked.has(node)) return
    walked.add(node)
    if (Array.isArray(node)) {
      const items: JsonValue[] = node
      for (const [index, item] of items.entries()) items[index] = this.#walk(item, shape)
      return
    }
    const holder = node as Draft
    for (const [name, inner] of followedOf(holder, shape)) {
      const value = Object.hasOwn(holder, name) ? holder[name] : undefined
      if (value === undefined) continue
      const settled = this.#walk(value, inner)
      if (settled !== value) holder[name] = settled
    }
    if (shape.kind === 'schema' && shape.form === 'one') this.#discriminator(holder['discriminator'])
  }

  #settle(node: Reference, shape: Shape): JsonValue {
    if (this.#seen.has(node)) return node
    this.#seen.add(node)
    const home = this.#targets.homeOf(node)
    const target = this.#targets.of(node)
    const section = Array.isArray(target?.value) ? null : sectionOf(shape)
    if (target === null) {
      if (home !== this.#path && node.$ref.startsWith('#')) this.#library.missing(node)
    } else if (target.path === this.#path && (home === this.#path || section !== null)) {
      this.#walk(target.value, shape)
      // A reference within the root document stays as written.
      const isLocal = home === this.#path && node.$ref.startsWith('#')
      if (!isLocal) this.#targets.settle(node, `#${fragmentOf(target.segments)}`)
    } else if (section === null) {
      return this.#copy(node, target, shape)
    } else {
      this.#walk(target.value, shape)
      this.#targets.settle(node, this.#component(section, target))
    }
    this.#members(node, shape)
    return node
  }

  /** What a reference becomes if `components` has no place for its target: the target, with what stands beside the reference. */
  #copy(node: Reference, target: Target, shape: Shape): JsonValue {
    if (this.#copied.has(target.value)) {
      this.#library.circular(node)
      return node
    }
    this.#copied.add(target.value)
    const value = this.#walk(target.value, shape)
    this.#copied.delete(target.value)
    if (!isObject(value) || isReference(value)) return value
    replace(node, value)
    this.#members(node, shape)
    return node
  }

  /** The reference to a component that has a target of another file; made if there is none. */
  #component(section: string, target: Target): string {
    const names = this.#names.get(section) ?? new Map<JsonValue, string>()
    this.#names.set(section, names)
    const known = names.get(target.value)
    const name = known ?? this.#add(section, target)
    if (known === undefined) names.set(target.value, name)
    return `#${fragmentOf(['components', section, name])}`
  }

  #add(section: string, target: Target): string {
    const components = this.#map(this.#root, 'components')
    const present = this.#map(components, section)
    const written = target.segments.at(-1) ?? basename(target.path, extname(target.path))
    const wanted = written === '__proto__' ? 'proto' : written
    let name = wanted
    for (let serial = 2; Object.hasOwn(present, name) && !this.#isSame(present[name], target); serial++) {
      name = `${wanted}-${serial}`
    }
    present[name] = target.value
    if (section === 'schemas' && name !== written) this.#renamed.set(name, written)
    return name
  }

  #map(holder: Draft, name: string): Draft {
    const present = holder[name] ?? {}
    if (!isObject(present)) throw new Error(`\`${name}\` is not a map`)
    holder[name] = present
    return present as Draft
  }

  /** Whether a component is the target, only refers to it, or is equal and free of references. */
  #isSame(component: JsonValue | undefined, { value }: Target): boolean {
    if (component === undefined || component === value) return true
    if (isObject(component) && isReference(component)) {
      return Object.keys(component).length === 1 && this.#targets.of(component)?.value === value
    }
    return (
      isDeepStrictEqual(component, value) &&
      !JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? 0 : one)).includes('"$ref"')
    )
  }

  /** The schemas that a mapping leads to. */
  #discriminator(discriminator: JsonValue | undefined): void {
    if (!isObject(discriminator) || this.#seen.has(discriminator)) return
    this.#seen.add(discriminator)
    const { mapping } = discriminator
    if (isObject(mapping)) for (const name of Object.keys(mapping)) this.#mapped(mapping as Draft, name)
    this.#mapped(discriminator as Draft, 'defaultMapping')
  }

  #mapped(holder: Draft, name: string): void {
    const value = holder[name]
    if (typeof value !== 'string' || !isMappingReference(value)) return
    const home = this.#library.homeOf(holder)
    const target = this.#targets.at(value, home)
    if (target === null) return
    this.#walk(target.value, schema)
    if (target.path !== this.#path) holder[name] = this.#component('schemas', target)
    else if (home !== this.#path || !value.startsWith('#')) holder[name] = `#${fragmentOf(target.segments)}`
  }
}

/** Makes a reference a copy of its target, with what stands beside the reference. */
function replace(node: Reference, target: JsonObject): void {
  const { $ref: _, ...beside } = node
  Reflect.deleteProperty(node, '$ref')
  Object.assign(node, { ...target, ...beside })
}
