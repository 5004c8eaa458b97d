import type { GeneratedFile } from '../emit/types.ts'
import type { Diagnostics } from '../support/index.ts'
import { look } from './disk.ts'
import type { Standing, Surveyed } from './survey.ts'
import { attempt } from './write.ts'

/**
 * Compares the schema of the manifest with the file in the output folder itself, which no lock lists: it is known by its first member.
 * Empty: there is no schema, or the folder cannot be read, which is reported.
 */
export function surveySchema(
  file: GeneratedFile | null,
  outDir: string,
  diagnostics: Diagnostics,
): readonly Surveyed[] {
  if (file === null) return []
  const { path, contents } = file
  const standing = attempt(outDir, 'read', diagnostics, () => standingOf(file, outDir))
  return standing === null ? [] : [{ path, contents, standing }]
}

function standingOf({ path, contents }: GeneratedFile, outDir: string): Standing {
  const found = look(outDir, path)
  if (found.kind === 'blocked') return found
  if (found.kind === 'absent') return { kind: 'missing' }
  if (found.text === contents) return { kind: 'same' }
  const mark = contents.split('\n').slice(0, 2).join('\n')
  return { kind: found.text.startsWith(mark) ? 'stale' : 'foreign', current: found.text }
}
