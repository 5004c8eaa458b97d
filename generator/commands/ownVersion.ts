import { existsSync, readFileSync } from 'node:fs'

/** The version of this package, without loading a stage for it: help must answer at once. */
export function ownVersion(): string {
  // Sources lie one folder nearer to the package than what is built of them.
  const candidates = ['../../package.json', '../../../package.json'].map((path) => new URL(path, import.meta.url))
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined) throw new Error('package.json is missing from the package')
  const { version } = JSON.parse(readFileSync(found, 'utf8')) as { readonly version: string }
  return version
}
