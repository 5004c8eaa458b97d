import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { commandLine, repository } from '../support/paths.mjs'
import { timed } from '../support/timed.mjs'

/** Stripe's document if it is beside the repository, else the largest of the sample. */
export function largestSpecification() {
  const stripe = resolve(repository, '../shared/specs/stripe/spec3.yaml')
  return existsSync(stripe) ? stripe : join(repository, 'specs', 'catalog.yaml')
}

/** A folder with the document and the manifest that `init` makes of it. */
export async function prepare(folder, document) {
  mkdirSync(folder, { recursive: true })
  copyFileSync(document, join(folder, basename(document)))
  await init(folder, [basename(document)])
}

/** As `prepare`, with the given number of services: copies of one of the sample's documents with different paths. */
export async function prepareCopies(folder, services) {
  const text = readFileSync(join(repository, 'specs', 'catalog.yaml'), 'utf8')
  mkdirSync(folder, { recursive: true })
  const names = Array.from({ length: services }, (_, index) => `catalog-${String(index + 1).padStart(3, '0')}.yaml`)
  for (const name of names) {
    const prefix = name.replace('.yaml', '')
    writeFileSync(join(folder, name), text.replaceAll(/^ {2}\/(?=.*:$)/gm, `  /${prefix}/`))
  }
  await init(folder, names)
}

async function init(folder, documents) {
  await timed([commandLine, 'init', ...documents, '--yes', '--name', 'bench', '--client', 'app:jwt'], { cwd: folder })
  const manifest = join(folder, 'gateway.yaml')
  writeFileSync(manifest, decided(readFileSync(manifest, 'utf8')))
}

/** The manifest with its rules decided, and with the entries that are commented out. */
function decided(manifest) {
  return manifest
    .replaceAll(/^( {2}[a-z][a-z0-9-]*: )undecided(?= # DECIDE)/gm, '$1{ authenticated: true }')
    .replaceAll(/^( {6})#(?=\S)/gm, '$1')
}
