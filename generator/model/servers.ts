import type { JsonValue } from '../read/types.ts'
import { isObject, textOf } from './source.ts'

/** URLs of `servers`, with the defaults of their variables; `null` if there are none. A URL with a variable left is omitted. */
export function serversOf(node: JsonValue | undefined): readonly string[] | null {
  if (!Array.isArray(node) || node.length === 0) return null
  return node.flatMap((server: JsonValue) => {
    const url = isObject(server) ? textOf(server['url']) : null
    const filled = url?.replace(/\{([^{}]*)\}/g, (whole, name: string) => defaultOf(server, name) ?? whole)
    return filled === undefined || filled.includes('{') ? [] : [filled]
  })
}

function defaultOf(server: JsonValue, name: string): string | null {
  const variables = isObject(server) ? server['variables'] : undefined
  const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined
  const value = isObject(variable) ? variable['default'] : undefined
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : null
}
