import type { JsonObject, JsonValue } from '../read/types.ts'
import { isObject, textOf } from './source.ts'
import type { UnfilledServer } from './types.ts'

const variable = /\{([^{}]*)\}/g

/**
 * URLs of `servers`, with the defaults of their variables; `null` if there are none. A URL with a variable left is
 * omitted. The default of a variable that is a secret is an example and is not used.
 */
export function serversOf(node: JsonValue | undefined): readonly string[] | null {
  if (!Array.isArray(node) || node.length === 0) return null
  return node.flatMap((server: JsonValue) => {
    const url = isObject(server) ? textOf(server['url']) : null
    const filled = url?.replace(variable, (whole, name: string) => defaultOf(server, name) ?? whole)
    return filled === undefined || filled.includes('{') ? [] : [filled]
  })
}

/** The first URL of `servers` with a variable that has no value. */
export function unfilledServer(node: JsonValue | undefined): UnfilledServer | null {
  const servers = Array.isArray(node) ? node : []
  const found = servers.flatMap((server: JsonValue) => {
    const url = isObject(server) ? (textOf(server['url']) ?? '') : ''
    return [...url.matchAll(variable)]
      .map(([, name = '']) => ({ url, variable: name, isSecret: isSecret(name) }))
      .filter(({ variable: name }) => defaultOf(server, name) === null)
  })
  return found[0] ?? null
}

/** The first of a document's server URLs with a variable that is a secret, as written. */
export function secretAddress(document: JsonObject): string | null {
  const servers = Array.isArray(document['servers']) ? document['servers'] : []
  const urls = servers.flatMap((server: JsonValue) => (isObject(server) ? (textOf(server['url']) ?? []) : []))
  return urls.find((url) => [...url.matchAll(variable)].some(([, name]) => isSecret(name ?? ''))) ?? null
}

function defaultOf(server: JsonValue, name: string): string | null {
  const variables = isObject(server) ? server['variables'] : undefined
  const found = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined
  const value = isObject(found) && !isSecret(name) ? found['default'] : undefined
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : null
}

/**
 * Whether the last words of a variable's name say that its value is a secret: `token`, `botToken`, `api_key`, and not `tokenRegion`. A
 * number may follow.
 */
function isSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .join('_')
  return /(?:^|_)(?:token|secret|password|apikey|(?:api|access|secret|private)_key)$/.test(words)
}
