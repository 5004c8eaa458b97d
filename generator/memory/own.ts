import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * A fingerprint of this installation: names, sizes and modification times of its files, and the contents of those beside them that runs
 * read. The version is not enough, because it does not change during development.
 */
export function ownFingerprint(): string {
  const code = fileURLToPath(new URL('../', import.meta.url))
  const root = ['../', '../../']
    .map((way) => join(code, way))
    .find((folder) => existsSync(join(folder, 'package.json')))
  return fingerprintOf(code, root ?? code)
}

/** Of files of the package's root. The first decides the schema that is generated, the second has the version. */
const beside = ['gateway.schema.json', 'package.json']

/** @param code the folder of the compiled generator, or of its sources. @param root of the package */
export function fingerprintOf(code: string, root: string): string {
  const hash = createHash('sha256')
  for (const name of beside) {
    const path = join(root, name)
    hash.update(`${name}\0${existsSync(path) ? readFileSync(path, 'utf8') : ''}\0`)
  }
  for (const folder of [code, join(root, 'templates')]) {
    const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
    for (const name of names.sort()) {
      const { size, mtimeMs } = statSync(join(folder, name))
      hash.update(`${name}\0${size}\0${mtimeMs}\0`)
    }
  }
  return hash.digest('hex')
}
