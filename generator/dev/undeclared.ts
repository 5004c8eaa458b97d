import { isArray, JsonNumber, type JsonValue } from '../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import type { Schema, ServiceSchemas } from '../../templates/runtime/vocabulary.ts'
import { jsonText, plain } from './json.ts'

/** A member that no document declares. What a gateway does with it can be seen in its answer. */
export const undeclaredName = 'simulatedUndeclared'
const undeclaredText = 'No document declares this member. A gateway removes it.'

/** How deep in a value the member is added at most. */
const maxDepth = 4

/**
 * Adds an undeclared member to answers: to the outermost object, or list of objects, whose schema allows further members and
 * whose projection removes them. Other answers stay as they are.
 */
export function createUndeclared(contract: ServiceSchemas): (value: unknown, schema: Schema) => unknown {
  const compiled = compileSchemas(contract)
  return (value, schema) => {
    const checker = compiled.checker(schema, 'response')
    const project = compiled.projector(schema, 'response')
    const original = plain(value)
    if (!checker.fits(original)) return value
    const isRemoved = (candidate: JsonValue): boolean => {
      if (!checker.fits(candidate)) return false
      const projected = project(candidate)
      return projected !== undefined && !jsonText(projected).includes(`"${undeclaredName}"`)
    }
    for (const candidate of candidates(original, 0)) if (isRemoved(candidate)) return candidate
    return value
  }
}

/** The value with the member at one place, outer places first. */
function* candidates(value: JsonValue, depth: number): Generator<JsonValue, void, undefined> {
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber || depth > maxDepth) return
  if (isArray(value)) {
    const items: readonly JsonValue[] = Array.from(value)
    const [first, ...others] = items
    if (first !== undefined) for (const item of candidates(first, depth + 1)) yield [item, ...others]
    return
  }
  yield { ...value, [undeclaredName]: undeclaredText }
  for (const [name, member] of Object.entries(value)) {
    for (const inner of candidates(member, depth + 1)) yield { ...value, [name]: inner }
  }
}
