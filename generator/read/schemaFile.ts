import { existsSync, readFileSync } from 'node:fs'
import type { JsonObject } from './types.ts'

let schema: JsonObject | null = null

/** The manifest's JSON Schema, `gateway.schema.json`, at the root of the package. */
export function manifestSchema(): JsonObject {
  if (schema !== null) return schema
  let folder = new URL('.', import.meta.url)
  for (;;) {
    const file = new URL('gateway.schema.json', folder)
    if (existsSync(file)) {
      schema = JSON.parse(readFileSync(file, 'utf8')) as JsonObject
      return schema
    }
    const parent = new URL('..', folder)
    if (parent.href === folder.href) throw new Error('gateway.schema.json is missing from the package')
    folder = parent
  }
}
