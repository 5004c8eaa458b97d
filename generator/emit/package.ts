import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The installed package of gatewright. The generator runs from its sources and from `dist/`, at different depths. */
export interface Package {
  /** Absolute folder of gatewright's own package.json. */
  readonly root: string
  readonly version: string
}

let found: Package | null = null

/** The package that this module belongs to. */
export function ownPackage(): Package {
  found ??= search(dirname(fileURLToPath(import.meta.url)))
  return found
}

/** Text of a file below `templates/`. */
export function templateText(path: string): string {
  return readFileSync(join(ownPackage().root, 'templates', path), 'utf8').replaceAll('\r\n', '\n')
}

function search(folder: string): Package {
  const manifest = readManifest(join(folder, 'package.json'))
  if (manifest !== null) return { root: folder, version: manifest.version }
  const parent = dirname(folder)
  if (parent === folder) throw new Error('gatewright was moved out of its package: its templates cannot be found')
  return search(parent)
}

function readManifest(path: string): { version: string } | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
  if (typeof parsed !== 'object' || parsed === null || !('name' in parsed) || parsed.name !== 'gatewright') return null
  return 'version' in parsed && typeof parsed.version === 'string' ? { version: parsed.version } : null
}
