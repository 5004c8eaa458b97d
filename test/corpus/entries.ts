import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findDocuments } from '../../generator/commands/init/discovery.ts'

/** One manifest's worth of documents. */
export interface Entry {
  readonly name: string
  /** Absolute paths. */
  readonly specs: readonly string[]
}

/** Public OpenAPI documents, beside the checkout where developers have them. */
export const publicDocuments = fileURLToPath(new URL('../shared/specs/', projectRoot()))

/** Folders whose documents are services of one system: they make a manifest together, besides one each. */
const sets = ['aws-retail-store', 'dotnet-eshop', 'open-banking-uk', 'paypal', 'tmforum', 'twilio'] as const

/** Every public document single, those that are no OpenAPI 3 as well, and the sets; empty where there are none. */
export function publicEntries(): readonly Entry[] {
  if (!existsSync(publicDocuments)) return []
  const documents = findDocuments(publicDocuments).map((file) => join(publicDocuments, file))
  const together = sets.map((set) => ({
    name: set,
    specs: documents.filter((file) => dirname(file) === join(publicDocuments, set)),
  }))
  const broken = readdirSync(join(publicDocuments, 'negative')).map((file) => join(publicDocuments, 'negative', file))
  return [...[...documents, ...broken].map((file) => single(file, publicDocuments)), ...together].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )
}

/** The documents that are named, each single; those of a folder single as well. Throws for what does not exist. */
export function namedEntries(paths: readonly string[]): readonly Entry[] {
  return paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [single(path, dirname(path))]
    return findDocuments(path).map((file) => single(join(path, file), path))
  })
}

/** `paypal/invoicing_v2`; `museum` rather than `museum/openapi`. */
function single(file: string, folder: string): Entry {
  const path = relative(folder, file).replaceAll('\\', '/')
  const name = path.replace(/\.(?:ya?ml|json)$/i, '').replace(/\/openapi$/, '')
  return { name: name === '' ? basename(file) : name, specs: [file] }
}

/** The folder that holds this package's package.json: these sources run where they lie and compiled, at different depths. */
function projectRoot(): URL {
  let folder = new URL('.', import.meta.url)
  while (!existsSync(new URL('package.json', folder))) folder = new URL('..', folder)
  return folder
}
