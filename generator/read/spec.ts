import { dirname, relative, sep } from 'node:path'
import { below, type Diagnostics, type Origin } from '../support/index.ts'
import { type LoadTree, Names } from './anchors.ts'
import { bundleDocument } from './bundle.ts'
import type { Files, ReadFailure } from './files.ts'
import type { Limits } from './limits.ts'
import { type NodeFacts, unshared } from './nodes.ts'
import { documentCodes, parseDocument, reportFailure } from './parse.ts'
import {
  anchorRefusal,
  circularRefusal,
  danglingReferences,
  filePart,
  isUrl,
  leavesFile,
  missingTarget,
  urlRefusal,
} from './references.ts'
import { suggestedFile } from './suggestions.ts'
import type { Library } from './targets.ts'
import { isReference, type ReferenceNode, type Tree } from './tree.ts'
import type { JsonObject, JsonValue, Refusal, SpecDocument } from './types.ts'
import { versionOf } from './version.ts'

/** One service's documents, as the manifest names them. */
export interface SpecRequest {
  readonly service: string
  readonly spec: string
  readonly overlays: readonly string[]
  readonly refs: readonly string[]
  /** Place of the service in the manifest. */
  readonly origin: Origin
}

interface Context {
  readonly files: Files
  readonly limits: Limits
  readonly diagnostics: Diagnostics
}

/** Reads and bundles one service's document, and applies its overlays; `null` if that is impossible, which is reported. */
export async function readSpec(request: SpecRequest, context: Context): Promise<SpecDocument | null> {
  const { files, limits, diagnostics } = context
  const facts: NodeFacts = { origins: new WeakMap(), refusals: new WeakMap() }

  const named = readNamed(request.spec, below(request.origin, 'spec'), facts, context)
  if (named === null) return null
  const { path, shown, tree } = named
  const version = versionOf(tree.value, shown, diagnostics)
  if (version === null) return null

  const roots = allowedRoots(request, context)
  const reasons = new Map<string, ReadFailure | null>()
  const linked = new WeakMap<object, string>()
  const homeOf = (node: object): string =>
    linked.get(node) ?? files.pathOf(facts.origins.get(node)?.file ?? files.shown(path))
  const load = createLoader(tree, path, shown, version !== '3.0', { ...context, roots, reasons, facts, linked })
  let document = tree.value as JsonObject
  let renamed: ReadonlyMap<string, string> = new Map()
  if (leavesFile(tree)) {
    for (const node of danglingReferences(tree)) facts.refusals.set(node, missingTarget(node))
    const refuse = (node: ReferenceNode, refusal: Refusal): void => {
      if (!facts.refusals.has(node)) facts.refusals.set(node, refusal)
    }
    const library: Library = {
      load: (target) => load(target)?.value ?? null,
      homeOf,
      missing: (node) => refuse(node, missingTarget(node)),
      circular: (node) => refuse(node, circularRefusal(node)),
    }
    const bundled = bundle(path, shown, document, library, diagnostics)
    if (bundled === null) return null
    renamed = bundled
  }
  if (request.overlays.length > 0) {
    const { applyOverlay } = await import('./overlay.ts')
    document = unshared(document, facts)
    for (const [index, overlay] of request.overlays.entries()) {
      const read = readNamed(overlay, below(request.origin, 'overlays', index), facts, context)
      if (read !== null) applyOverlay(document, read.tree.value, read.shown, facts, diagnostics)
    }
  }

  return {
    service: request.service,
    file: shown,
    version,
    document,
    renamed,
    originOf: (node) => facts.origins.get(node) ?? null,
    refusalOf: (node) => facts.refusals.get(node) ?? refusalOf(node, homeOf, files, reasons, limits),
  }
}

function readNamed(
  name: string,
  origin: Origin,
  facts: NodeFacts,
  { files, limits, diagnostics }: Context,
): { readonly path: string; readonly shown: string; readonly tree: Tree } | null {
  if (isUrl(name)) {
    const message = `${name} is a URL. The generator makes no network requests.`
    diagnostics.report({
      code: 'GW1101',
      message,
      origin,
      remedy: 'Keep a copy of the document in the repository and name the copy.',
    })
    return null
  }
  const path = files.pathOf(name)
  const result = files.readNamed(path, limits.specBytes)
  if (result.kind !== 'file') {
    reportFailure(result, files.shown(path), limits.specBytes, documentCodes, origin, diagnostics, files.documents)
    return null
  }
  const tree = parseDocument(result.file, limits, facts.origins, diagnostics)
  return tree === null ? null : { path: result.file.path, shown: result.file.shown, tree }
}

/** Real paths of the folders that `$ref`s may lead into: the manifest's folder, and the service's `refs`. */
function allowedRoots({ refs, origin }: SpecRequest, { files, diagnostics }: Context): readonly string[] {
  const roots = [files.folder]
  for (const [index, name] of refs.entries()) {
    const path = files.pathOf(name)
    const real = isUrl(name) ? null : files.real(path)
    // References may name the folder by a symbolic link, as the manifest does.
    if (real !== null) roots.push(real, path)
    else {
      const message = isUrl(name)
        ? `${name} is a URL. The generator makes no network requests.`
        : `${name} cannot be read: it does not exist.`
      diagnostics.report({ code: 'GW1205', message, origin: below(origin, 'refs', index) })
    }
  }
  return roots
}

interface BundleContext extends Context {
  readonly roots: readonly string[]
  /** By absolute path, why a file was not read; `null` when it was. */
  readonly reasons: Map<string, ReadFailure | null>
  readonly facts: NodeFacts
  /** The paths of files by their nodes, where a path leads through a symbolic link: its references are relative to this path. */
  readonly linked: WeakMap<object, string>
}

/** Reads the files that a document refers to, each once. `modern`: references by `$id` and by anchors count (OpenAPI 3.1). */
function createLoader(root: Tree, path: string, shown: string, modern: boolean, context: BundleContext): LoadTree {
  const { diagnostics, limits, facts } = context
  const trees = new Map<string, Tree | null>([[path, root]])
  let bytes = 0
  const read = (target: string): Tree | null => {
    // Extensions (`x-...`) may refer to code samples and pictures, which are not needed.
    if (!/\.(?:ya?ml|json)$/i.test(target)) {
      context.reasons.set(target, { kind: 'absent', reason: 'only .yaml, .yml and .json files are read' })
      return null
    }
    const result = context.files.readReferred(target, limits.specBytes, context.roots)
    if (result.kind !== 'file') {
      context.reasons.set(target, result)
      return null
    }
    context.reasons.set(target, null)
    bytes += result.file.text.length
    if (bytes > limits.serviceBytes) {
      const origin: Origin = { file: shown, pointer: '' }
      diagnostics.report({ code: 'GW1103', message: `The files of ${shown} exceed the limit together.`, origin })
      return null
    }
    const tree = parseDocument(result.file, limits, facts.origins, diagnostics)
    if (tree !== null && result.file.path !== target) noteAll(tree.value, target, context.linked)
    return tree
  }
  const load: LoadTree = (target) => {
    const known = trees.get(target)
    if (known !== undefined) return known
    const tree = read(target)
    trees.set(target, tree)
    if (tree === null) return null
    name(target, tree)
    for (const node of danglingReferences(tree)) {
      if (!facts.refusals.has(node)) facts.refusals.set(node, missingTarget(node))
    }
    return tree
  }
  const names = new Names(facts.origins, facts.refusals, load)
  const name = (target: string, tree: Tree): void => {
    if (modern) names.add(target, tree)
    for (const node of modern ? [] : tree.references) {
      const refusal = anchorRefusal(node)
      if (refusal !== null) facts.refusals.set(node, refusal)
    }
  }
  name(path, root)
  return load
}

function noteAll(node: JsonValue, path: string, paths: WeakMap<object, string>): void {
  if (typeof node !== 'object' || node === null || paths.has(node)) return
  paths.set(node, path)
  for (const child of Object.values(node)) noteAll(child, path, paths)
}

/** The schemas that were renamed; `null`: bundling is impossible, which is reported. */
function bundle(
  path: string,
  shown: string,
  root: JsonObject,
  library: Library,
  diagnostics: Diagnostics,
): ReadonlyMap<string, string> | null {
  const failures = diagnostics.all.length
  try {
    const renamed = bundleDocument(path, root, library)
    return diagnostics.all.length === failures ? renamed : null
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `${shown} cannot be joined with the files that it refers to (${reason}).`
    diagnostics.report({ code: 'GW1111', message, origin: { file: shown, pointer: '' } })
    return null
  }
}

/** Why a `$ref` was refused: one that, after bundling, is not a pointer within the document. `null` for other nodes. */
function refusalOf(
  node: object,
  homeOf: (node: object) => string,
  files: Files,
  reasons: ReadonlyMap<string, ReadFailure | null>,
  limits: Limits,
): Refusal | null {
  if (!isReference(node) || node.$ref.startsWith('#/')) return null
  if (isUrl(node.$ref)) return urlRefusal(node)
  const path = filePart(node)
  if (path === null) return missingTarget(node)
  const target = files.pathOf(path, dirname(homeOf(node)))
  const reason = reasons.get(target)
  switch (reason?.kind) {
    case 'outside':
      return {
        code: 'GW1202',
        message: `\`$ref: ${node.$ref}\` leads outside the folders that may be read${reason.path === target ? '' : ', through a symbolic link'}.`,
        remedy: `Move the file below the manifest's folder, or allow its folder:\n    refs: ['${files.shown(dirname(reason.path))}']`,
      }
    case 'absent': {
      const message = `\`$ref: ${node.$ref}\` cannot be read: ${reason.reason}.`
      const as = (name: string): string =>
        relative(dirname(homeOf(node)), files.pathOf(name))
          .split(sep)
          .join('/') + node.$ref.replace(/^[^#]*/, '')
      return { code: 'GW1203', message, remedy: suggestedFile(files.shown(target), files.documents(), as) }
    }
    case 'large': {
      const message = `\`$ref: ${node.$ref}\` names a file of more than ${limits.specBytes / 1_000_000} MB.`
      return { code: 'GW1203', message, remedy: null }
    }
    case 'encoding':
      return {
        code: 'GW1203',
        message: `\`$ref: ${node.$ref}\` names a file that is not encoded in UTF-8.`,
        remedy: null,
      }
    default:
      return missingTarget(node)
  }
}
