import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** The project's formatter, with the project's configuration, applied to the text of one TypeScript file. */
export function formatted(text: string): string {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  const run = spawnSync(process.execPath, [biome, 'format', '--stdin-file-path=emitted.ts'], {
    cwd: root,
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(`the formatter failed: ${run.stderr}`)
  return run.stdout
}
