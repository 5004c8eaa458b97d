import { dirname } from 'node:path'
import { below, type Diagnostics, type Origin } from '../support/index.ts'
import { settleAnchors } from './anchors.ts'
import { type Files, observedFiles, type ReadFailure } from './files.ts'
import type { Limits } from './limits.ts'
import { type NodeFacts, unshared } from './nodes.ts'
import { documentCodes, parseDocument, reportFailure } from './parse.ts'
import { danglingReferences, filePart, isUrl, leavesFile, missingTarget, urlRefusal } from './references.ts'
import { isReference, type Tree } from './tree.ts'
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
export async function readSpec(request: SpecRequest, surroundings: Context): Promise<SpecDocument | null> {
  const { limits, diagnostics } = surroundings
  const names = new Set<string>()
  const files = observedFiles(surroundings.files, (name) => names.add(name))
  const context = { files, limits, diagnostics }
  const facts: NodeFacts = { origins: new WeakMap(), refusals: new WeakMap() }

  const named = readNamed(request.spec, below(request.origin, 'spec'), facts, context)
  if (named === null) return null
  const { path, shown, tree } = named
  const version = versionOf(tree.value, shown, diagnostics)
  if (version === null) return null

  const roots = allowedRoots(request, context)
  const reasons = new Map<string, ReadFailure | null>()
  if (version !== '3.0') settleAnchors(tree, facts.origins)
  let document = tree.value as JsonObject
  if (leavesFile(tree)) {
    for (const node of danglingReferences(tree)) facts.refusals.set(node, missingTarget(node))
    const bundled = await bundle(path, shown, document, { ...context, roots, reasons, facts })
    if (bundled === null) return null
    document = bundled
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
    files: [...names].sort(),
    version,
    document,
    originOf: (node) => facts.origins.get(node) ?? null,
    refusalOf: (node) => facts.refusals.get(node) ?? refusalOf(node, facts, files, reasons, limits),
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
    reportFailure(result, files.shown(path), limits.specBytes, documentCodes, origin, diagnostics)
    return null
  }
  const tree = parseDocument(result.file, limits, facts.origins, diagnostics)
  return tree === null ? null : { path: result.file.path, shown: result.file.shown, tree }
}

/** Real paths of the folders that `$ref`s may lead into: the manifest's folder, and the service's `refs`. */
function allowedRoots({ refs, origin }: SpecRequest, { files, diagnostics }: Context): readonly string[] {
  const roots = [files.folder]
  for (const [index, name] of refs.entries()) {
    const real = isUrl(name) ? null : files.real(files.pathOf(name))
    if (real !== null) roots.push(real)
    else
      diagnostics.report({ code: 'GW1205', message: `${name} cannot be read.`, origin: below(origin, 'refs', index) })
  }
  return roots
}

interface BundleContext extends Context {
  readonly roots: readonly string[]
  /** By absolute path, why a file was not read; `null` when it was. */
  readonly reasons: Map<string, ReadFailure | null>
  readonly facts: NodeFacts
}

async function bundle(
  path: string,
  shown: string,
  root: JsonObject,
  context: BundleContext,
): Promise<JsonObject | null> {
  const { diagnostics, limits } = context
  const failures = diagnostics.all.length
  let bytes = 0
  const load = (target: string): JsonValue | null => {
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
    const tree = parseDocument(result.file, limits, context.facts.origins, diagnostics)
    if (tree === null) return null
    for (const node of danglingReferences(tree)) context.facts.refusals.set(node, missingTarget(node))
    return tree.value
  }
  const { bundleDocument } = await import('./bundle.ts')
  try {
    const document = await bundleDocument(path, root, load)
    return diagnostics.all.length > failures ? null : document
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const circular = reason.includes('circular')
    diagnostics.report({
      code: circular ? 'GW1206' : 'GW1111',
      message: circular
        ? `A \`$ref\` of ${shown}, or of a file that it refers to, leads back to itself.`
        : `${shown} cannot be joined with the files that it refers to (${reason}).`,
      origin: { file: shown, pointer: '' },
    })
    return null
  }
}

/** Why a `$ref` was refused: one that, after bundling, is not a pointer within the document. `null` for other nodes. */
function refusalOf(
  node: object,
  { origins }: NodeFacts,
  files: Files,
  reasons: ReadonlyMap<string, ReadFailure | null>,
  limits: Limits,
): Refusal | null {
  if (!isReference(node) || node.$ref.startsWith('#/')) return null
  if (isUrl(node.$ref)) return urlRefusal(node)
  const path = filePart(node)
  const home = origins.get(node)?.file
  if (path === null || home === undefined) return missingTarget(node)
  const target = files.pathOf(path, dirname(files.pathOf(home)))
  const reason = reasons.get(target)
  switch (reason?.kind) {
    case 'outside':
      return {
        code: 'GW1202',
        message: `\`$ref: ${node.$ref}\` leads outside the folders that may be read.`,
        remedy: `Move the file below the manifest's folder, or allow its folder:\n    refs: ['${files.shown(dirname(target))}']`,
      }
    case 'absent':
      return { code: 'GW1203', message: `\`$ref: ${node.$ref}\` cannot be read: ${reason.reason}.`, remedy: null }
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
