import { dirname, resolve } from 'node:path'
import { referenceSegments } from '../support/index.ts'
import { decoded, isUrl } from './references.ts'
import { isReference, type ReferenceNode } from './tree.ts'
import type { JsonValue } from './types.ts'

/** The files of a document. */
export interface Library {
  /** The parsed contents of a file; `null`: it is refused or cannot be read. */
  load(path: string): JsonValue | null
  /** The file that a node was written in. */
  homeOf(node: object): string
  /** Notes that a reference within another file leads to nothing. After bundling it would be read as one into the root document. */
  missing(node: ReferenceNode): void
  /** Notes that a reference leads back to itself. */
  circular(node: ReferenceNode): void
}

/** What a reference leads to: a node of a file. */
export interface Target {
  readonly path: string
  /** The segments of its pointer in that file, unescaped. */
  readonly segments: readonly string[]
  readonly value: JsonValue
}

/** Follows references between the files of a document. */
export class Targets {
  readonly #root: string
  readonly #library: Library
  /** References that lead from the root document, although they may have been written in another file. */
  readonly #settled = new Set<object>()

  constructor(root: string, library: Library) {
    this.#root = root
    this.#library = library
  }

  /** Gives a reference its final form: a pointer in the root document. */
  settle(node: ReferenceNode, $ref: string): void {
    node.$ref = $ref
    this.#settled.add(node)
  }

  /** The file from which a reference leads. */
  homeOf(node: ReferenceNode): string {
    return this.#settled.has(node) ? this.#root : this.#library.homeOf(node)
  }

  /** The target of a reference. References that stand there alone are followed to their end. */
  of(node: ReferenceNode): Target | null {
    return this.#follow(node, new Set())
  }

  at(reference: string, home: string): Target | null {
    return this.#at(reference, home, new Set())
  }

  #follow(node: ReferenceNode, passed: Set<object>): Target | null {
    if (passed.has(node)) {
      this.#library.circular(node)
      return null
    }
    passed.add(node)
    return this.#at(node.$ref, this.homeOf(node), passed)
  }

  #at(reference: string, home: string, passed: Set<object>): Target | null {
    const mark = reference.indexOf('#')
    const address = mark < 0 ? reference : reference.slice(0, mark)
    const fragment = mark < 0 ? '' : reference.slice(mark)
    const segments = fragment.length < 2 ? [] : referenceSegments(fragment)
    if (isUrl(address) || segments === null) return null
    const path = address === '' ? home : resolve(dirname(home), decoded(address))
    const value = this.#library.load(path)
    if (value === null) return null
    let target: Target = { path, segments: [], value }
    for (const segment of segments) {
      const next = this.#below(target, segment, passed)
      if (next === null) return null
      target = next
    }
    return this.#end(target, passed)
  }

  /** A member of a node, or of what the node refers to. */
  #below(target: Target, segment: string, passed: Set<object>): Target | null {
    const { path, segments, value } = target
    if (typeof value !== 'object' || value === null) return null
    const child: unknown =
      Object.hasOwn(value, segment) && !(Array.isArray(value) && segment === 'length')
        ? Reflect.get(value, segment)
        : undefined
    if (child !== undefined) return { path, segments: [...segments, segment], value: child as JsonValue }
    if (!isReference(value)) return null
    const crossed = new Set(passed)
    const next = this.#follow(value, crossed)
    return next === null ? null : this.#below(next, segment, crossed)
  }

  #end(target: Target, passed: Set<object>): Target {
    const { value } = target
    if (typeof value !== 'object' || value === null || !isReference(value) || Object.keys(value).length > 1)
      return target
    return this.#follow(value, passed) ?? target
  }
}
