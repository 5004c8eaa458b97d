import type { JsonValue } from '../../templates/runtime/json/index.ts'
import type { Choose } from '../support/jsonStyles.ts'

// Values with markers: containers in each other, deeper than any schema of the tests describes, with a text of its own at the end.

export interface Marked {
  readonly value: JsonValue
  readonly leaves: readonly Leaf[]
}

/** The text at the end of a marker. */
export interface Leaf {
  readonly id: string
  /** Names and positions that lead to it. */
  readonly path: readonly string[]
}

/** Containers of one marker. */
const depth = 12

/** Names of members, of which some match the patterns of the tests' schemas. No schema names them. */
const prefixes = ['marker', 'amarker', 'zz']

/** The value with markers in each object and list, and with markers instead of some of its values. */
export function mark(value: JsonValue, choose: Choose): Marked {
  const leaves: Leaf[] = []

  const marker = (path: readonly string[], left = depth): JsonValue => {
    if (left === 0) {
      const id = `leaf ${leaves.length}`
      leaves.push({ id, path })
      return id
    }
    if (choose(2) === 0) return [marker([...path, '0'], left - 1)]
    const name = nameOf()
    return { [name]: marker([...path, name], left - 1) }
  }
  const nameOf = (): string => `${prefixes[choose(prefixes.length)]}${choose(1_000_000)}`

  const visit = (at: JsonValue, path: readonly string[]): JsonValue => {
    if (choose(6) === 0) return marker(path)
    if (Array.isArray(at)) {
      const items = at as readonly JsonValue[]
      return [
        ...items.map((item, index) => visit(item, [...path, String(index)])),
        marker([...path, String(items.length)]),
      ]
    }
    if (typeof at !== 'object' || at === null) return at
    const name = nameOf()
    const members = Object.entries(at).map(([key, of]) => [key, visit(of as JsonValue, [...path, key])] as const)
    return Object.fromEntries([...members, [name, marker([...path, name])]])
  }

  return { value: visit(value, []), leaves }
}
