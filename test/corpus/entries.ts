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

/** What was named, and the names that are neither a set nor a path. */
export interface Named {
  readonly entries: readonly Entry[]
  readonly unknown: readonly string[]
}

/**
 * The entries of names. A name is a set (`paypal`: its documents alone and together), an entry (`paypal/invoicing_v2`),
 * or else a path: a document, or a folder whose documents become separate entries. An entry that is named twice occurs
 * once.
 */
export function namedEntries(names: readonly string[], known: readonly Entry[] = publicEntries()): Named {
  const found = names.map((name) => {
    const own = known.filter((entry) => entry.name === name || setOf(entry) === name)
    return { name, entries: own.length > 0 ? own : entriesAt(name) }
  })
  const all = new Map(
    found.flatMap(({ entries }) => entries).map((entry) => [`${entry.name} ${entry.specs.join(' ')}`, entry]),
  )
  return {
    entries: [...all.values()],
    unknown: found.filter(({ entries }) => entries.length === 0).map(({ name }) => name),
  }
}

/** The names of sets, in code-unit order. */
export function setNames(entries: readonly Entry[] = publicEntries()): readonly string[] {
  return [...new Set(entries.map(setOf))].sort()
}

/** The folder of an entry among the public documents. */
function setOf({ name }: Entry): string {
  return name.split('/')[0] ?? name
}

function entriesAt(path: string): readonly Entry[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return []
  if (!stat.isDirectory()) return [single(path, dirname(path))]
  return findDocuments(path).map((file) => single(join(path, file), path))
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
