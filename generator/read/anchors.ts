import { dirname, relative, resolve, sep } from 'node:path'
import { decodePercent } from '../../templates/runtime/words/percent.ts'
import { parseUrl } from '../../templates/runtime/words/urls.ts'
import { pointedAt, pointerSegments } from '../support/index.ts'
import { filePart, fragmentOf, isUrl } from './references.ts'
import type { Origins, ReferenceNode, Tree } from './tree.ts'
import type { Refusal } from './types.ts'

/** Authority of the base URL of every file. It is never fetched. */
const host = 'http://document.invalid'

/** The parsed file at an absolute path; `null` if it cannot be read or is refused. */
export type LoadTree = (path: string) => Tree | null

/** A schema with an identifier, by its place. */
interface Place {
  readonly path: string
  readonly pointer: string
}

interface FileNames {
  readonly tree: Tree
  /** The URIs of the file's resources by the pointers where they begin, the longest pointer first. */
  readonly homes: readonly (readonly [pointer: string, uri: string])[]
}

/**
 * The schemas of a document and of its files that have an `$id` or an anchor (JSON Schema 2020-12 section 8.2, as OpenAPI 3.1 uses it).
 * References by these are rewritten, in place, to pointers, which is all that bundling understands.
 */
export class Names {
  readonly #origins: Origins
  readonly #load: LoadTree
  readonly #refusals: WeakMap<object, Refusal>
  readonly #resources = new Map<string, Place>()
  readonly #anchors = new Map<string, Place>()
  readonly #files = new Map<string, FileNames>()

  constructor(origins: Origins, refusals: WeakMap<object, Refusal>, load: LoadTree) {
    this.#origins = origins
    this.#refusals = refusals
    this.#load = load
  }

  /** Adds a file, and rewrites the references in it. */
  add(path: string, tree: Tree): void {
    const file = this.#index(path, tree)
    const unknown = tree.references.filter((node) => !this.#settle(node, path, file))
    if (!unknown.some(({ $ref }) => isUrl($ref))) return
    // The target may be a schema in any of the files.
    for (const node of tree.references) this.#loadFile(node, path)
    for (const node of unknown) if (isUrl(node.$ref)) this.#settle(node, path, file)
  }

  #index(path: string, tree: Tree): FileNames {
    const homes: (readonly [string, string])[] = [['', baseOf(path)]]
    const file: FileNames = { tree, homes }
    this.#files.set(path, file)
    this.#resources.set(baseOf(path), { path, pointer: '' })
    const byDepth = tree.named
      .map((node) => ({ node, pointer: this.#pointerOf(node) }))
      .sort((a, b) => a.pointer.length - b.pointer.length)
    for (const { node, pointer } of byDepth) {
      const id = textOf(node, '$id')
      const uri = id === null ? null : absolute(id, homeOf(file, pointer))
      if (uri === null) continue
      homes.unshift([pointer, uri])
      if (!this.#resources.has(uri)) this.#resources.set(uri, { path, pointer })
    }
    for (const { node, pointer } of byDepth) {
      for (const keyword of ['$anchor', '$dynamicAnchor']) {
        const anchor = textOf(node, keyword)
        if (anchor !== null) this.#anchors.set(`${homeOf(file, pointer)}#${anchor}`, { path, pointer })
      }
    }
    return file
  }

  /** Rewrites one reference. False: its target is not known. */
  #settle(node: ReferenceNode, path: string, file: FileNames): boolean {
    const home = homeOf(file, this.#pointerOf(node))
    const [address = '', encoded = ''] = node.$ref.split('#')
    const fragment = decodePercent(encoded) ?? encoded
    const found = this.#find(address, fragment, home) ?? this.#inFile(node, address, fragment, path, home)
    if (found === null) return false
    // What bundling understands is left as it is written.
    const name = filePart(node)
    const named = address === '' ? path : name === null ? null : resolve(dirname(path), name)
    if (named !== found.path || found.pointer !== fragment) {
      node.$ref = `${between(path, found.path)}#${fragmentOf(pointerSegments(found.pointer))}`
    }
    return true
  }

  #find(address: string, fragment: string, home: string): Place | null {
    const uri = address === '' ? home : absolute(address, home)
    if (uri === null) return null
    const start = this.#resources.get(uri)
    if (start === undefined) return null
    if (fragment === '') return start
    if (!fragment.startsWith('/')) return this.#anchors.get(`${uri}#${fragment}`) ?? null
    const pointer = start.pointer + fragment
    const root = this.#files.get(start.path)?.tree.value
    return pointedAt(root, `#${fragmentOf(pointerSegments(pointer))}`) === undefined
      ? null
      : { path: start.path, pointer }
  }

  /** The target in the file that a reference names. Notes why there is none, where bundling could not say it. */
  #inFile(node: ReferenceNode, address: string, fragment: string, path: string, home: string): Place | null {
    const byAnchor = fragment !== '' && !fragment.startsWith('/')
    if (address === '') {
      if (byAnchor) this.#refuse(node, `no schema of ${this.#shown(node)} has the \`$anchor\` \`${fragment}\``)
      return null
    }
    if (isUrl(address)) return null
    const isRelocated = home !== baseOf(path)
    if (!byAnchor && !isRelocated) return null
    const target = this.#loadFile(node, path)
    const uri = absolute(address, home) ?? address
    if (target === null) {
      if (isRelocated) this.#refuse(node, `neither a schema with the \`$id\` ${uri} nor a file that can be read`)
      return null
    }
    if (!byAnchor) return null
    const found = this.#anchors.get(`${baseOf(target)}#${fragment}`) ?? this.#ofRoot(target, fragment)
    if (found === null) this.#refuse(node, `no schema of that file has the \`$anchor\` \`${fragment}\``)
    return found
  }

  /** An anchor of a file whose whole schema has an `$id`. */
  #ofRoot(path: string, anchor: string): Place | null {
    const file = this.#files.get(path)
    const root = file?.homes.find(([pointer]) => pointer === '')?.[1]
    return this.#anchors.get(`${root}#${anchor}`) ?? null
  }

  /** The path of the file that a reference names, after it has been read. */
  #loadFile(node: ReferenceNode, from: string): string | null {
    const name = filePart(node)
    if (name === null) return null
    const path = resolve(dirname(from), name)
    return this.#load(path) === null ? null : path
  }

  #refuse(node: ReferenceNode, reason: string): void {
    const message = `\`$ref: ${node.$ref}\` points to nothing: ${reason}.`
    this.#refusals.set(node, { code: 'GW1204', message, remedy: null })
  }

  #pointerOf(node: object): string {
    return this.#origins.get(node)?.pointer ?? ''
  }

  #shown(node: object): string {
    return this.#origins.get(node)?.file ?? 'the file'
  }
}

/** The base URL of a file, by its path. */
function baseOf(path: string): string {
  return host + path.split(sep).map(encodeURIComponent).join('/')
}

function homeOf({ homes }: FileNames, pointer: string): string {
  return homes.find(([home]) => pointer === home || pointer.startsWith(`${home}/`))?.[1] ?? host
}

function absolute(reference: string, from: string): string | null {
  const url = parseUrl(reference, from)
  if (url === null) return null
  url.hash = ''
  return url.href
}

/** The relative reference from one file to another; empty for the same file. */
function between(from: string, to: string): string {
  return from === to ? '' : relative(dirname(from), to).split(sep).map(encodeURIComponent).join('/')
}

function textOf(node: object, name: string): string | null {
  const value: unknown = Reflect.get(node, name)
  return typeof value === 'string' ? value : null
}
