import type { Route } from '../../../../templates/runtime/vocabulary.ts'
import type { JsonObject } from '../../../read/types.ts'

/** The path of a route in the contract. */
export function pathIn({ path, request }: Route): string {
  const { pathNames = {} } = request
  return path.replace(/\{([^{}]*)\}/g, (_, name: string) => `{${shownName(name, pathNames)}}`)
}

/** A parameter under its name in the contract. */
export function renamed(object: JsonObject, { request }: Route): JsonObject {
  const { pathNames } = request
  const { name } = object
  if (pathNames === undefined || object['in'] !== 'path' || typeof name !== 'string') return object
  return { ...object, name: shownName(name, pathNames) }
}

function shownName(name: string, names: Readonly<Record<string, string>>): string {
  return Object.hasOwn(names, name) ? (names[name] ?? name) : name
}
