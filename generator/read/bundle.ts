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

// The only module that imports @redocly/openapi-core, whose internal interfaces change between minor versions. Loading the library takes
// longer than reading most specs, so it is loaded only for documents of several files.

/** Returns the parsed contents of a file that a document refers to, or `null` if it is refused or cannot be read. */
export type Load = (path: string) => unknown

class GuardedResolver extends BaseResolver {
  readonly #load: Load

  constructor(load: Load) {
    super()
    this.#load = load
  }

  /** Never resolves a URL relative to another: each `$ref` is the path of a file, or a URL, which is refused. */
  override resolveExternalRef(base: string | null, reference: string): string {
    if (isUrl(reference)) return reference
    return resolve(base === null ? '/' : resolve(base, '..'), decoded(reference))
  }

  /** Replaces reading files and fetching URLs: only `load` opens files. */
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
 * Joins a document and the files it refers to into one, in place. Nodes stay the same objects wherever possible, so origins recorded by
 * identity stay valid. References that `load` refuses stay as written.
 */
export async function bundleDocument(path: string, parsed: unknown, load: Load): Promise<JsonObject> {
  config ??= createConfig({})
  // One resolver per bundle: it returns the same node objects that bundling changes.
  const externalRefResolver = new GuardedResolver(load)
  const result = await bundle({
    doc: { source: new Source(path, ''), parsed },
    config: await config,
    externalRefResolver,
  })
  return result.bundle.parsed as JsonObject
}
