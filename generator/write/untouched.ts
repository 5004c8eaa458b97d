import type { GeneratedFile } from '../emit/types.ts'
import { list, look, walk } from './disk.ts'
import { digest } from './lock.ts'
import { split } from './paths.ts'
import { closed, lockOf } from './survey.ts'

/** What an output folder holds when all is as it should be: the digest of each file by its path, `''` where the user's own lies. */
export type Imprint = Readonly<Record<string, string>>

/** Of sealed files. */
export function imprint(files: readonly GeneratedFile[]): Imprint {
  return Object.fromEntries(
    files.map(({ path, contents, ownership }) => [path, ownership === 'once' ? '' : digest(contents)]),
  )
}

/**
 * Whether a survey of the files that the imprint was made of would find each of them the same, and nothing else to do: without the files.
 * `gateway` and `complete` are those of the survey.
 */
export function isUntouched(
  expected: Imprint,
  outDir: string,
  { gateway, complete }: { readonly gateway: string; readonly complete: boolean },
): boolean {
  for (const [path, hash] of Object.entries(expected)) {
    const found = look(outDir, path)
    if (found.kind !== 'file' || (hash !== '' && digest(found.text) !== hash)) return false
  }
  const clients = new Set(Object.keys(expected).map((path) => split(path)[0]))
  for (const client of clients) {
    const inside = closed.flatMap((folder) => walk(outDir, `${client}/${folder}`))
    if (inside.some((path) => !Object.hasOwn(expected, path))) return false
  }
  const others = complete ? list(outDir).filter((name) => !clients.has(name)) : []
  return others.every((name) => lockOf(outDir, name).lock?.gateway !== gateway)
}
