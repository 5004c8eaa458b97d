import type { JsonObject, JsonValue } from '../types.ts'
import { isList } from './json.ts'

/** What a schema requires, in words that follow "must be". */
export function expected(schema: JsonObject, branches: readonly JsonObject[] = []): string {
  if (typeof schema['title'] === 'string') return schema['title']
  const parts = branches.map((branch) => expected(branch)).filter((part, index, all) => all.indexOf(part) === index)
  if (parts.length > 0) return parts.join(' or ')
  const names: Readonly<Record<string, string>> = {
    object: 'a map',
    array: 'a list',
    string: 'a text',
    integer: 'a whole number',
    null: 'empty',
  }
  const type = schema['type']
  if (type === 'boolean') return '`true` or `false`'
  return typeof type === 'string' ? (names[type] ?? `a ${type}`) : 'something else'
}

/** `services.orders.timeout`, `clients.web.expose['orders.getOrder'].timeout`. */
export function nameOf(path: readonly string[]): string {
  if (path.length === 0) return 'The manifest'
  return path
    .map((part, index) => {
      if (/^[0-9]+$/.test(part)) return `[${part}]`
      return /^[A-Za-z_$][\w$-]*$/.test(part) ? (index === 0 ? part : `.${part}`) : `['${part}']`
    })
    .join('')
}

/** `` `a`, `b` and `c` ``. */
export function quoted(words: readonly string[], conjunction = 'and'): string {
  const marked = words.map((word) => `\`${word}\``)
  if (marked.length < 2) return marked.join('')
  return `${marked.slice(0, -1).join(', ')} ${conjunction} ${marked.at(-1)}`
}

/** A value of the manifest, for a message. */
export function show(value: JsonValue): string {
  if (value === null) return 'nothing'
  if (isList(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  return `\`${String(value)}\``
}
