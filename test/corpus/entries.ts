import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findDocuments } from '../../generator/commands/init/discovery.ts'

/** The documents of one manifest. */
export interface Entry {
  readonly name: string
  /** Absolute paths. */
  readonly specs: readonly string[]
}

/** Public OpenAPI documents, in a folder beside the checkout if a developer has put them there. */
export const publicDocuments = fileURLToPath(new URL('../shared/specs/', projectRoot()))

/** Folders whose documents are services of one system. They are also examined together, with one manifest. */
const sets = ['aws-retail-store', 'dotnet-eshop', 'open-banking-uk', 'paypal', 'tmforum', 'twilio'] as const

/**
 * Every public document as a separate entry, including invalid ones, and the sets; empty if the folder does not exist.
 */
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

/**
 * The given documents, and all documents of the given folders, as separate entries. Throws for a path that does not
 * exist.
 */
export function namedEntries(paths: readonly string[]): readonly Entry[] {
  return paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [single(path, dirname(path))]
    return findDocuments(path).map((file) => single(join(path, file), path))
  })
}

/** Names an entry: `paypal/invoicing_v2`, and `museum` instead of `museum/openapi`. */
function single(file: string, folder: string): Entry {
  const path = relative(folder, file).replaceAll('\\', '/')
  const name = path.replace(/\.(?:ya?ml|json)$/i, '').replace(/\/openapi$/, '')
  return { name: name === '' ? basename(file) : name, specs: [file] }
}

/** The folder of this package's package.json. The sources and their build output are at different depths. */
function projectRoot(): URL {
  let folder = new URL('.', import.meta.url)
  while (!existsSync(new URL('package.json', folder))) folder = new URL('..', folder)
  return folder
}
