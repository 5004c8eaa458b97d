import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { JsonObject } from '../../generator/read/types.ts'

/** Public specs, beside the repository; absent on most machines. */
const folder = join(import.meta.dirname, '../../../shared/specs')

/** Documents in one file. `medusa-store` has several files, `negative` is invalid on purpose. */
export const corpus: readonly string[] = existsSync(folder)
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.(json|ya?ml)$/.test(name) && !/^(medusa-store|negative)\//.test(name))
      .sort()
  : []

export const withoutCorpus = 'The specs of others are not here: nothing of them is tested.'

const read = new Map<string, JsonObject>()

/** Parsed once, because the largest takes seconds. */
export function corpusDocument(name: string): JsonObject {
  const known = read.get(name)
  if (known !== undefined) return known
  const text = readFileSync(join(folder, name), 'utf8')
  const document = (name.endsWith('.json') ? JSON.parse(text) : parse(text)) as JsonObject
  read.set(name, document)
  return document
}
