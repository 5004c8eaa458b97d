import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { closest, didYouMean, type Report } from '../support/index.ts'
import { manifestNames } from './inputs.ts'

export type Found =
  | { readonly kind: 'manifest'; readonly path: string }
  | { readonly kind: 'faults'; readonly faults: readonly Report[] }

/** The absolute path of the manifest; or faults, if it does not exist or does not have the given clients. */
export function findManifest(named: string | null, clients: readonly string[], cwd: string): Found {
  const candidates = named === null ? manifestNames : [named]
  const path = candidates.map((name) => resolve(cwd, name)).find((candidate) => existsSync(candidate))
  if (path === undefined) return { kind: 'faults', faults: [absent(named, cwd)] }
  if (isFolder(path)) return { kind: 'faults', faults: [folder(named ?? path, path)] }
  const faults = clients.length === 0 ? [] : unknownClients(path, clients)
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'manifest', path }
}

function absent(named: string | null, cwd: string): Report {
  const inFolder = named === null ? '.' : dirname(named)
  const files = namesIn(resolve(cwd, inFolder)).filter((name) => /\.(?:ya?ml|json)$/i.test(name))
  const meant =
    named === null
      ? files.find((name) => /^(?:gateway|gatewright|manifest)\.(?:ya?ml|json)$/i.test(name))
      : closest(basename(named), files)
  const shown = meant === null || meant === undefined ? null : inFolder === '.' ? meant : `${inFolder}/${meant}`
  const message =
    named === null
      ? 'There is neither gateway.yaml nor specs/gateway.yaml here.'
      : `The manifest ${named} does not exist.${shown === null ? '' : ` Did you mean \`${shown}\`?`}`
  const other = 'Name it with --manifest, or write a first one:\n    gatewright init <specs...>'
  return { code: 'GW5001', message, origin: null, remedy: shown === null ? other : `Write\n    --manifest ${shown}` }
}

function folder(named: string, path: string): Report {
  const inside = manifestNames.find((name) => existsSync(resolve(path, name)))
  return {
    code: 'GW5001',
    message: `The manifest ${named} is a folder.`,
    origin: null,
    remedy: inside === undefined ? null : `Name the file\n    --manifest ${named.replace(/\/$/, '')}/${inside}`,
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/** Clients that the manifest does not have. Other faults of the manifest are reported by the read stage. */
function unknownClients(path: string, clients: readonly string[]): readonly Report[] {
  const known = clientsOf(path)
  if (known === null) return []
  return clients
    .filter((client) => !known.includes(client))
    .map((client) => ({
      code: 'GW5002',
      message: `The manifest has no client \`${client}\`.${didYouMean(client, known)}`,
      origin: null,
      remedy: known.length === 0 ? null : `It has ${known.join(', ')}.`,
    }))
}

function clientsOf(path: string): readonly string[] | null {
  let manifest: unknown
  try {
    manifest = parse(readFileSync(path, 'utf8'), { logLevel: 'silent' })
  } catch {
    return null
  }
  const clients: unknown = typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'clients') : null
  return typeof clients === 'object' && clients !== null ? Object.keys(clients) : null
}
