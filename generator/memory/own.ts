import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A fingerprint of this installation: names, sizes and modification times of its files. The version is not enough,
 * because it does not change during development.
 */
export function ownFingerprint(): string {
  const code = fileURLToPath(new URL('../', import.meta.url))
  const root = ['../', '../../']
    .map((way) => join(code, way))
    .find((folder) => existsSync(join(folder, 'package.json')))
  const hash = createHash('sha256')
  for (const folder of [code, join(root ?? code, 'templates')]) {
    const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
    for (const name of names.sort()) {
      const { size, mtimeMs } = statSync(join(folder, name))
      hash.update(`${name}\0${size}\0${mtimeMs}\0`)
    }
  }
  return hash.digest('hex')
}
