import { resolve } from 'node:path'
import {
  BaseResolver,
  bundle,
  type Config,
  createConfig,
  type Document,
  ResolveError,
  Source,
} from '@redocly/openapi-core'
import { decoded, isUrl } from './references.ts'
import type { JsonObject } from './types.ts'

// The one module that knows @redocly/openapi-core, whose inner interfaces change between minor versions. Loading it costs more than
// reading most specs, so it is loaded only for documents of several files.

/** Gives the parsed contents of a file that a document refers to, or `null` when it is refused or cannot be read. */
export type Load = (path: string) => unknown

class GuardedResolver extends BaseResolver {
  readonly #load: Load

  constructor(load: Load) {
    super()
    this.#load = load
  }

  /** Never resolves an address relative to another: each `$ref` is a file's path, or refused as it stands. */
  override resolveExternalRef(base: string | null, reference: string): string {
    if (isUrl(reference)) return reference
    return resolve(base === null ? '/' : resolve(base, '..'), decoded(reference))
  }

  /** Replaces the reading of files and the fetching of addresses: nothing is opened except by `load`. */
  override async loadExternalRef(absolute: string): Promise<Source> {
    return new Source(absolute, '')
  }

  override parseDocument(source: Source): Document {
    const parsed = isUrl(source.absoluteRef) ? null : this.#load(source.absoluteRef)
    if (parsed === null) throw new ResolveError(new Error('refused'))
    return { source, parsed }
  }
}

let config: Promise<Config> | null = null

/**
 * Joins a document and the files it refers to into one, in place: the nodes stay the same objects wherever possible, so origins that
 * were recorded by identity stay true. References that `load` refuses stay as they were written.
 */
export async function bundleDocument(path: string, parsed: unknown, load: Load): Promise<JsonObject> {
  config ??= createConfig({})
  // A resolver belongs to one bundle: it hands out the very nodes that bundling changes.
  const externalRefResolver = new GuardedResolver(load)
  const result = await bundle({
    doc: { source: new Source(path, ''), parsed },
    config: await config,
    externalRefResolver,
  })
  return result.bundle.parsed as JsonObject
}
