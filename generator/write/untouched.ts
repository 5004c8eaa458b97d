import type { GeneratedFile } from '../emit/types.ts'
import { look, walk } from './disk.ts'
import { digest } from './lock.ts'
import { formerSchemas } from './manifestSchema.ts'
import { split } from './paths.ts'
import { closed, formerClients } from './survey.ts'

/**
 * The contents of an up-to-date output folder: the digest of each file by its path, `''` for files that the user owns.
 */
export type Imprint = Readonly<Record<string, string>>

/** The imprint of sealed files. */
export function imprint(files: readonly GeneratedFile[]): Imprint {
  return Object.fromEntries(
    files.map(({ path, contents, ownership }) => [path, ownership === 'once' ? '' : digest(contents)]),
  )
}

/**
 * Whether a survey would find all files of the imprint up to date, and nothing to delete. Needs no generated files.
 * `gateway` and `complete`: as for the survey.
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
  const beside = Object.keys(expected).find((path) => !path.includes('/'))
  const clients = new Set(Object.keys(expected).flatMap((path) => (path === beside ? [] : [split(path)[0]])))
  const schema = beside === undefined ? null : look(outDir, beside)
  if (beside !== undefined && schema?.kind === 'file') {
    if (formerSchemas(outDir, { path: beside, contents: schema.text }, [...clients]).length > 0) return false
  }
  for (const client of clients) {
    const inside = closed.flatMap((folder) => walk(outDir, `${client}/${folder}`))
    if (inside.some((path) => !Object.hasOwn(expected, path))) return false
  }
  return formerClients(outDir, { gateway, complete }, [...clients]).length === 0
}
