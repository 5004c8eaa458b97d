import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { isWithin } from '../read/index.ts'
import { isObject, type Report } from '../support/index.ts'
import { usualOutput } from './inputs.ts'
import { nameFrom } from './report.ts'

/** Why gateways cannot be written to a folder; empty if they can. `out` is as typed. */
export function outputFaults(out: string, manifest: string, cwd: string): readonly Report[] {
  if (out.trim() === '') return [fault('--out names no folder.')]
  const path = resolve(cwd, out)
  for (const at of waysTo(path)) {
    const what = kindOf(at)
    if (what === 'folder') break
    if (what === null) continue
    const message =
      at === path ? `--out ${out} is ${what}.` : `--out ${out} is below ${nameFrom(cwd, at)}, which is ${what}.`
    return [fault(message)]
  }
  // The default folder has no documents above it but those of the working directory.
  return out === usualOutput ? [] : documentFaults(out, path, manifest, cwd)
}

function fault(message: string): Report {
  return {
    code: 'GW5020',
    message,
    origin: null,
    remedy: `Name a folder of its own, which need not exist:\n    --out ${usualOutput}`,
  }
}

/** A path and the folders above it, the deepest first. */
function waysTo(path: string): readonly string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [path, ...waysTo(parent)]
}

function kindOf(path: string): 'a file' | 'a device' | 'folder' | null {
  try {
    const stats = statSync(path)
    if (stats.isDirectory()) return 'folder'
    return stats.isFile() ? 'a file' : 'a device'
  } catch {
    return null
  }
}

/**
 * Generated files among documents would be read as documents, and would start `dev` again. A folder of documents that contains the
 * working directory is that of the project.
 */
function documentFaults(out: string, path: string, manifest: string, cwd: string): readonly Report[] {
  const folders = documentsOf(manifest).map((document) => dirname(resolve(dirname(manifest), document)))
  const around = folders.find((folder) => isWithin(path, folder) && !isWithin(cwd, folder))
  return around === undefined
    ? []
    : [fault(`--out ${out} is within ${nameFrom(cwd, around)}, a folder of OpenAPI documents.`)]
}

/** The documents that a manifest names. Its faults are reported by the read stage. */
function documentsOf(path: string): readonly string[] {
  let manifest: unknown
  try {
    manifest = parse(readFileSync(path, 'utf8'), { logLevel: 'silent' })
  } catch {
    return []
  }
  const services = isObject(manifest) ? manifest['services'] : null
  if (!isObject(services)) return []
  return Object.values(services).flatMap((service) => {
    const spec = isObject(service) ? service['spec'] : null
    return typeof spec === 'string' && !/^[a-z]+:\/\//i.test(spec) ? [spec] : []
  })
}
