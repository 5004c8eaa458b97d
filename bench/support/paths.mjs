import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const bench = resolve(fileURLToPath(import.meta.url), '../..')
export const repository = resolve(bench, '..')

/** The built command line. */
export const commandLine = resolve(repository, 'dist/generator/cli.js')
