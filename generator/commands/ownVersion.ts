import { existsSync, readFileSync } from 'node:fs'

/** The version of this package, without loading a stage, so that help is fast. */
export function ownVersion(): string {
  // Sources are one folder closer to package.json than their build output.
  const candidates = ['../../package.json', '../../../package.json'].map((path) => new URL(path, import.meta.url))
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined) throw new Error('package.json is missing from the package')
  const { version } = JSON.parse(readFileSync(found, 'utf8')) as { readonly version: string }
  return version
}
