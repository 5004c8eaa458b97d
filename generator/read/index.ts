import { basename, dirname, resolve } from 'node:path'
import { parseEnvText } from '../../templates/runtime/words/envText.ts'
import { below, Diagnostics, isObject, type Origin, type StageResult } from '../support/index.ts'
import { createFiles, type Files } from './files.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { createLocator } from './locator.ts'
import { parseManifest } from './manifest.ts'
import type { ReadOptions } from './options.ts'
import { manifestCodes, reportFailure } from './parse.ts'
import { manifestSchema } from './schemaFile.ts'
import { soundParts } from './sound.ts'
import { readSpec, type SpecRequest } from './spec.ts'
import type { Inputs, JsonObject, JsonValue, SpecDocument } from './types.ts'
import { validateManifest } from './validate/index.ts'

export { defaultLimits } from './limits.ts'
export { addressOf, fileNameOf, type Link, type LinkedText, linksIn, withLinks } from './links.ts'
export { createLocator } from './locator.ts'
export type { ReadOptions } from './options.ts'
export { isWithin } from './paths.ts'
export { manifestSchema } from './schemaFile.ts'
export { checkStructure } from './structure.ts'
export type { Inputs, JsonObject, JsonValue, Refusal, SpecDocument } from './types.ts'
export { versionOf } from './version.ts'

/**
 * Reads the manifest, checks it against `gateway.schema.json`, and reads the documents that it names. Reports all errors. Parts with an
 * error are faulty and left out of the result, as are parts that depend on them; `null`: an error is about the whole manifest. Sets
 * `diagnostics.locator`, which finds places in every file that was read.
 */
export async function read(
  manifestPath: string,
  options: ReadOptions,
  diagnostics: Diagnostics,
): Promise<StageResult<Inputs> | null> {
  const limits = { ...defaultLimits, ...options.limits }
  const files = createFiles(dirname(resolve(manifestPath)))
  const locator = createLocator(files.text)
  diagnostics.locator = locator

  const path = files.pathOf(basename(manifestPath))
  const { text } = options
  const result = text === undefined ? files.readNamed(path, limits.manifestBytes) : files.given(path, text)
  if (result.kind !== 'file') {
    reportFailure(result, files.shown(path), limits.manifestBytes, manifestCodes, null, diagnostics, files.documents)
    return null
  }
  const { shown } = result.file
  const parsed = parseManifest(result.file, limits, diagnostics)
  if (parsed === null) return null
  const manifest = parsed.value
  const wrong = new Diagnostics()
  validateManifest(manifest, manifestSchema(), shown, wrong)
  for (const one of wrong.all) diagnostics.report(one)

  const specs: SpecDocument[] = []
  const faulty: string[] = []
  // Services may share a document, for example one spec with several servers.
  const known = new Map<string, ReadSpec>()
  for (const request of requestsOf(manifest, shown)) {
    const key = JSON.stringify([request.spec, request.overlays, request.refs])
    const { spec, found } = known.get(key) ?? (await readAlone(request, files, limits))
    known.set(key, { spec, found })
    for (const one of found.all) diagnostics.report(one)
    if (found.hasErrors) faulty.push(request.service)
    if (spec !== null) specs.push({ ...spec, service: request.service })
  }
  const places = wrong.all.flatMap(({ origin }) => origin ?? [])
  const sound = isObject(manifest) ? soundParts(manifest, places, faulty, manifestSchema()) : null
  if (sound === null) return null
  const inputs = { manifestFile: shown, folder: files.folder, manifest: sound.manifest, specs }
  return { value: { ...inputs, hashes: files.hashes(), asked: files.asked, locator }, faulty: sound.faulty }
}

interface ReadSpec {
  readonly spec: SpecDocument | null
  readonly found: Diagnostics
}

/** Diagnostics are collected per service: if two services share a faulty file, both are faulty. */
async function readAlone(request: SpecRequest, files: Files, limits: Limits): Promise<ReadSpec> {
  const found = new Diagnostics()
  return { spec: await readSpec(request, { files, limits, diagnostics: found }), found }
}

/** The documents that a manifest names. They are read even if the manifest has errors elsewhere. */
function requestsOf(manifest: JsonValue, file: string): readonly SpecRequest[] {
  const services = memberOf(manifest, 'services')
  if (typeof services !== 'object' || services === null) return []
  return Object.entries(services).flatMap(([service, settings]) => {
    const origin: Origin = below({ file, pointer: '' }, 'services', service)
    const spec = memberOf(settings, 'spec')
    // A name with a reference to the environment was already reported.
    if (typeof spec !== 'string' || spec === '' || parseEnvText(spec).variables.length > 0) return []
    return [{ service, spec, origin, overlays: textsOf(settings, 'overlays'), refs: textsOf(settings, 'refs') }]
  })
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return (value as JsonObject)[name]
}

function textsOf(value: JsonValue, name: string): readonly string[] {
  const list = memberOf(value, name)
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
}
