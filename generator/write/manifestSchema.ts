import type { GeneratedFile } from '../emit/types.ts'
import type { Diagnostics } from '../support/index.ts'
import { list, look } from './disk.ts'
import { lockOf, type Standing, type Surveyed } from './survey.ts'
import { attempt } from './write.ts'

/**
 * Compares the schema of the manifest with the file in the output folder itself, which no lock lists: it is known by its first members.
 * Schemas of earlier names of the manifest are `extra`. Empty: there is no schema, or the folder cannot be read, which is reported.
 *
 * @param clients whose folders this run writes
 */
export function surveySchema(
  file: GeneratedFile | null,
  outDir: string,
  clients: readonly string[],
  diagnostics: Diagnostics,
): readonly Surveyed[] {
  if (file === null) return []
  const { path, contents } = file
  return (
    attempt(outDir, 'read', diagnostics, (): readonly Surveyed[] => [
      { path, contents, standing: standingOf(file, outDir) },
      ...formerSchemas(outDir, file, clients).map(
        ([path, current]): Surveyed => ({ path, contents: null, standing: { kind: 'extra', current } }),
      ),
    ]) ?? []
  )
}

function standingOf({ path, contents }: GeneratedFile, outDir: string): Standing {
  const found = look(outDir, path)
  if (found.kind === 'blocked') return found
  if (found.kind === 'absent') return { kind: 'missing' }
  if (found.text === contents) return { kind: 'same' }
  return { kind: found.text.startsWith(markOf(contents)) ? 'stale' : 'foreign', current: found.text }
}

const ending = '.schema.json'

/**
 * Paths and texts of schemas in the output folder of manifests that have no gateway there: those of an earlier name of the manifest.
 * None while a lock cannot be read, because the gateway may be of such a manifest.
 */
export function formerSchemas(
  outDir: string,
  { path: own, contents }: Pick<GeneratedFile, 'path' | 'contents'>,
  clients: readonly string[],
): readonly (readonly [path: string, text: string])[] {
  const names = list(outDir)
  const schemas = names.filter((name) => name !== own && name.endsWith(ending))
  if (schemas.length === 0) return []
  const locks = names.filter((name) => !clients.includes(name)).map((name) => lockOf(outDir, name))
  if (locks.some(({ state }) => state === 'broken')) return []
  const gateways = new Set(locks.map(({ lock }) => lock?.gateway))
  return schemas
    .filter((name) => !gateways.has(name.slice(0, -ending.length)))
    .flatMap((name): [string, string][] => {
      const found = look(outDir, name)
      return found.kind === 'file' && found.text.startsWith(markOf(contents)) ? [[name, found.text]] : []
    })
}

/** The first lines, which no other schema has. */
function markOf(contents: string): string {
  return contents.split('\n').slice(0, 2).join('\n')
}
