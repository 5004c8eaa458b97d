import { createHash } from 'node:crypto'
import type { Schema } from '../vocabulary.ts'
import type { Schemas } from './schemas.ts'

/** Makes the function that gives a schema, with all schemas that it refers to, an identity of 12 hexadecimal digits. */
export function createFingerprints(schemas: Schemas): (schema: Schema) => string {
  const known = new Map<Schema, string>()

  const compute = (schema: Schema): string => {
    const hash = createHash('sha256')
    const seen = new Set<string>()
    const pending: Schema[] = [schema]
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const refs: string[] = []
      hash.update(
        JSON.stringify(next, (key, value: unknown) => {
          if (key === '$ref' && typeof value === 'string') refs.push(value)
          return value
        }),
      )
      for (const ref of refs) {
        if (seen.has(ref)) continue
        seen.add(ref)
        hash.update(ref)
        pending.push(schemas.resolve(ref))
      }
    }
    return hash.digest('hex').slice(0, 12)
  }

  return (schema) => {
    const found = known.get(schema) ?? compute(schema)
    known.set(schema, found)
    return found
  }
}
