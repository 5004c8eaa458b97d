import { isObject, pointedAt } from '../support/index.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** A parsed JSON object, or `null` if the text is not one. */
export function parsedObject(text: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : null
  } catch {
    return null
  }
}

/**
 * The target of a Reference Object of `document`, through further references; anything else unchanged. `undefined`:
 * there is no target.
 */
export function followed(node: unknown, document: JsonObject): unknown {
  const seen = new Set<unknown>()
  let found = node
  while (isObject(found) && typeof found['$ref'] === 'string') {
    if (seen.has(found)) return undefined
    seen.add(found)
    found = pointedAt(document, found['$ref'])
  }
  return found
}

export function membersOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** JSON text that does not depend on the order of members. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  )
}
