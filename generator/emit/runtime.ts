import { posix } from 'node:path'
import { templateText } from './package.ts'

/** The door, the types of generated data, and the declarations of packages, which no file imports. */
const entries = ['index.ts', 'vocabulary.ts', 'support/undici.d.ts']

const imported = /\bfrom '(\.{1,2}\/[^']+)'$/gm

/**
 * The files of `templates/runtime/` that an emitted gateway uses, with their contents, by name with forward slashes: those that the imports
 * of the entries lead to. A file that only the generator or a test imports is not emitted (docs/adr/0006).
 */
export function runtimeSources(): ReadonlyMap<string, string> {
  const sources = new Map<string, string>()
  const visit = (name: string): void => {
    if (sources.has(name)) return
    const text = templateText(`runtime/${name}`)
    sources.set(name, text)
    for (const [, path = ''] of text.matchAll(imported)) visit(posix.join(posix.dirname(name), path))
  }
  for (const entry of entries) visit(entry)
  return sources
}
