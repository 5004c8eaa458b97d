import fc, { type Arbitrary } from 'fast-check'
import type { Schema, ServiceSchemas } from '../../templates/runtime/vocabulary.ts'

// Names that readers without regard for case take for another name (rule P13).

/** The name under the widest folding: case, compatibility forms such as full-width letters, long s, dotless i. */
export function foldOf(name: string): string {
  return name.normalize('NFKC').replaceAll('\u0131', 'i').toUpperCase().toLowerCase().replaceAll('\u0307', '')
}

/** Other spellings of a name with the same folding. */
export function variantsOf(name: string): Arbitrary<string> {
  return fc
    .array(fc.nat({ max: 4 }), { minLength: name.length, maxLength: name.length })
    .map((ways) => [...name].map((letter, index) => varied(letter, ways[index] ?? 0)).join(''))
    .filter((text) => text !== name)
}

const doubles: Readonly<Record<string, string>> = { s: '\u017f', i: '\u0131', k: '\u212a' }

function varied(letter: string, way: number): string {
  const lower = letter.toLowerCase()
  if (way === 1) return lower === letter ? letter.toUpperCase() : lower
  if (way === 2 && /[A-Za-z]/.test(letter)) return String.fromCharCode(letter.charCodeAt(0) + 0xfee0)
  if (way === 3) return doubles[lower] ?? letter
  return letter
}

/** The members of an object whose names fold to `name` without being it. */
export function likenessesIn(value: unknown, name: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value).filter((key) => key !== name && foldOf(key) === foldOf(name))
}

/** Undeclared names in a received value that a service may read as a bound or read-only one. Written apart from the runtime's check. */
export function foldedComplaints(
  value: unknown,
  schema: Schema,
  schemas: ServiceSchemas['schemas'],
  bound: readonly string[],
): readonly string[] {
  if (Array.isArray(value)) {
    const items = applied(schema, schemas).flatMap(({ items: inner }) => (inner === undefined ? [] : [inner as Schema]))
    return value.flatMap((item) => items.flatMap((inner) => foldedComplaints(item, inner, schemas, [])))
  }
  if (typeof value !== 'object' || value === null) return []
  const declared = applied(schema, schemas).flatMap(({ properties }) => Object.entries((properties ?? {}) as object))
  const names = new Set(declared.map(([name]) => name))
  const readOnly = declared.filter(([, of]) => applied(of as Schema, schemas).some((one) => one['readOnly'] === true))
  const meant = new Set([...readOnly.map(([name]) => foldOf(name)), ...bound.map(foldOf)])
  return Object.entries(value).flatMap(([name, of]) => [
    ...(!names.has(name) && meant.has(foldOf(name)) ? [`the name ${name}, which may be read as a guarded one`] : []),
    ...declared
      .filter(([other]) => other === name)
      .flatMap(([, inner]) => foldedComplaints(of, inner as Schema, schemas, [])),
  ])
}

/** The schema, and those that always apply with it. */
function applied(schema: Schema, schemas: ServiceSchemas['schemas']): readonly Exclude<Schema, boolean>[] {
  if (typeof schema === 'boolean') return []
  const { $ref, allOf } = schema
  const target = typeof $ref === 'string' ? (schemas[$ref.slice('#/schemas/'.length)] ?? true) : true
  return [schema, ...[target, ...((allOf ?? []) as readonly Schema[])].flatMap((part) => applied(part, schemas))]
}
