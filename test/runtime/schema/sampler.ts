import type { JsonValue } from '../../../templates/runtime/json/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'

type Node = Readonly<Record<string, unknown>>

const texts: Readonly<Record<string, string>> = {
  date: '2024-02-29',
  'date-time': '2024-02-29T10:20:30Z',
  time: '10:20:30Z',
  email: 'a@b.co',
  uri: 'https://a.test/b',
  uuid: '123e4567-e89b-12d3-a456-426614174000',
  ipv4: '1.2.3.4',
  byte: 'YQ==',
}

/**
 * A small generator of values that mostly fit, and of the same values with one change. The same seed gives the same
 * values.
 */
export function sampler(
  schemas: Readonly<Record<string, Schema>>,
  seed: number,
): (schema: Schema, count: number) => readonly JsonValue[] {
  let state = seed * 2_654_435_761 + 1
  const random = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) >>> 0
    return state % below
  }

  const resolve = (schema: unknown): Node => {
    let node = schema
    for (let hops = 0; hops < 10; hops += 1) {
      const ref = (node as Node | undefined)?.['$ref']
      if (typeof ref !== 'string') break
      node = schemas[ref.slice('#/schemas/'.length)]
    }
    return typeof node === 'object' && node !== null ? (node as Node) : {}
  }

  const value = (schema: unknown, depth: number): JsonValue => {
    const node = resolve(schema)
    const listed = node['enum'] as readonly JsonValue[] | undefined
    if (listed !== undefined && listed.length > 0) return listed[random(listed.length)] ?? null
    const branches = (node['oneOf'] ?? node['anyOf']) as readonly unknown[] | undefined
    if (branches !== undefined && branches.length > 0) return value(branches[random(branches.length)], depth)
    const parts = node['allOf'] as readonly unknown[] | undefined
    if (parts !== undefined) return merged([...parts, { ...node, allOf: undefined }], depth)
    return typed(node, depth)
  }

  const merged = (parts: readonly unknown[], depth: number): JsonValue => {
    const values = parts.map((part) => value(part, depth))
    const objects = values.filter((of) => typeof of === 'object' && of !== null && !Array.isArray(of))
    return objects.length === 0 ? (values[0] ?? null) : (Object.assign({}, ...objects) as JsonValue)
  }

  const typed = (node: Node, depth: number): JsonValue => {
    const type = Array.isArray(node['type']) ? node['type'][random(node['type'].length)] : node['type']
    switch (type ?? (node['properties'] === undefined ? 'string' : 'object')) {
      case 'object':
        return object(node, depth)
      case 'array':
        return depth > 4
          ? []
          : Array.from({ length: random(3) + Number(node['minItems'] ?? 0) }, () => value(node['items'], depth + 1))
      case 'integer':
        return Number(node['minimum'] ?? 0) + random(5)
      case 'number':
        return Number(node['minimum'] ?? 0) + random(10) / 2
      case 'boolean':
        return random(2) === 0
      case 'null':
        return null
      default:
        return (texts[String(node['format'])] ?? 'abcdefghij').padEnd(Number(node['minLength'] ?? 0), 'x')
    }
  }

  const object = (node: Node, depth: number): JsonValue => {
    const required = (node['required'] ?? []) as readonly string[]
    const found: Record<string, JsonValue> = {}
    for (const [name, of] of Object.entries((node['properties'] ?? {}) as Node)) {
      if (required.includes(name) || (depth < 3 && random(3) === 0))
        found[name] = depth > 8 ? null : value(of, depth + 1)
    }
    return found
  }

  /** The value with one part replaced, added or removed. */
  const changed = (of: JsonValue): JsonValue => {
    const others: readonly JsonValue[] = [null, true, 1.5, -1, '', 'x', [], {}]
    if (Array.isArray(of) && of.length > 0 && random(3) > 0) {
      const at = random(of.length)
      return of.map((item: JsonValue, index) => (index === at ? changed(item) : item))
    }
    if (typeof of === 'object' && of !== null && !Array.isArray(of)) {
      const entries = Object.entries(of)
      const at = random(entries.length + 1)
      if (at === entries.length) return { ...of, unheardOf: 1 }
      if (random(3) === 0) return Object.fromEntries(entries.filter((_, index) => index !== at))
      return Object.fromEntries(entries.map(([name, item], index) => [name, index === at ? changed(item) : item]))
    }
    return others[random(others.length)] ?? null
  }

  return (schema, count) =>
    Array.from({ length: count }, () => value(schema, 0)).flatMap((of) => [of, changed(of), changed(of)])
}
