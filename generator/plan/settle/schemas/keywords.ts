import { closest, editDistance, type JsonValue } from '../../../support/index.ts'

/** The type of a keyword's value, which decides how it is translated. */
export type Kind =
  /** A schema; a list of schemas; schemas by name; schemas by pattern. */
  | 'schema'
  | 'schemas'
  | 'members'
  | 'patterns'
  /** Any number; a number above 0; a whole number from 0. */
  | 'number'
  | 'positive'
  | 'count'
  | 'flag'
  | 'text'
  | 'values'
  | 'value'
  | 'dependents'
  | 'type'
  | 'pattern'
  | 'required'
  | 'discriminator'
  /** An annotation: it is kept, but never affects validation. */
  | 'annotation'
  | 'xml'
  | 'dialect'
  /** Read elsewhere (`$ref`, `nullable`), or only a container of schemas. */
  | 'elsewhere'

const shared: readonly (readonly [Kind, string])[] = [
  ['schema', 'not items additionalProperties'],
  ['schemas', 'allOf anyOf oneOf'],
  ['members', 'properties'],
  ['number', 'minimum maximum'],
  ['positive', 'multipleOf'],
  ['count', 'minLength maxLength minItems maxItems minProperties maxProperties'],
  ['flag', 'uniqueItems readOnly writeOnly deprecated'],
  ['text', 'format title description'],
  ['values', 'enum'],
  ['required', 'required'],
  ['type', 'type'],
  ['pattern', 'pattern'],
  ['discriminator', 'discriminator'],
  ['annotation', 'default example externalDocs'],
  ['xml', 'xml'],
  ['elsewhere', '$ref'],
]

const dialect30: readonly (readonly [Kind, string])[] = [
  ['number', 'exclusiveMinimum exclusiveMaximum'],
  ['elsewhere', 'nullable $schema id $id $comment definitions $defs examples'],
]

const dialect31: readonly (readonly [Kind, string])[] = [
  ['schema', 'if then else contains propertyNames unevaluatedItems unevaluatedProperties contentSchema'],
  ['schemas', 'prefixItems'],
  ['members', 'dependentSchemas'],
  ['patterns', 'patternProperties'],
  ['number', 'exclusiveMinimum exclusiveMaximum'],
  ['count', 'minContains maxContains'],
  ['text', 'contentEncoding contentMediaType'],
  ['value', 'const'],
  ['dependents', 'dependentRequired'],
  ['annotation', 'examples'],
  ['dialect', '$schema'],
  ['elsewhere', '$id $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs definitions'],
]

function table(...parts: readonly (readonly (readonly [Kind, string])[])[]): ReadonlyMap<string, Kind> {
  return new Map(parts.flat().flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)))
}

/** The schema object of OpenAPI 3.0; and of 3.1 and 3.2, which is JSON Schema 2020-12. */
export const keywordsOf = {
  '3.0': table(shared, dialect30),
  '3.1': table(shared, dialect31),
} as const

/** Keywords that contain schemas, and in which form. */
export const applicators: ReadonlyMap<string, 'schema' | 'schemas' | 'members'> = new Map(
  [...keywordsOf['3.1']].flatMap(([name, kind]) => {
    if (kind === 'patterns') return [[name, 'members'] as const]
    return kind === 'schema' || kind === 'schemas' || kind === 'members' ? [[name, kind] as const] : []
  }),
)

/** Keywords that never make a value invalid. */
const annotations: ReadonlySet<string> = new Set(
  'title description default example examples deprecated externalDocs xml contentSchema'.split(' '),
)

export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword)
}

/** Whether a keyword beside a `$ref` needs no `allOf`: it is an annotation, or `readOnly` or `writeOnly`. */
export function isNote(keyword: string): boolean {
  return annotations.has(keyword) || keyword === 'readOnly' || keyword === 'writeOnly'
}

/** Keywords of older drafts of JSON Schema. No version of OpenAPI 3 has them, but some specs use them. */
const bygone: ReadonlySet<string> = new Set('additionalItems dependencies $recursiveRef'.split(' '))

export function isBygone(keyword: string): boolean {
  return bygone.has(keyword)
}

/** Keywords that allow anything if their value is `true`. */
const openable: ReadonlySet<string> = new Set(
  'additionalItems propertyNames unevaluatedItems unevaluatedProperties'.split(' '),
)

/** Whether a keyword of another version has a value with which it would refuse nothing. */
export function refusesNothing(keyword: string, value: JsonValue | undefined): boolean {
  return value === true && openable.has(keyword)
}

/**
 * The keyword that a misspelt name most likely means: it differs in separators or case, in one letter of six, or in two
 * letters that are swapped. `null` if there is none. Keywords of fewer than four letters are not considered, because
 * they are too similar to each other.
 */
export function conditionLike(name: string, keywords: ReadonlyMap<string, Kind>): string | null {
  if (name.startsWith('x-')) return null
  const written = name.replace(/[-_ .]/g, '')
  const conditions = [...keywords.keys()].filter(
    (keyword) => keyword.length >= 4 && (isAssertion(keyword) || keyword === 'format'),
  )
  const meant = closest(written, conditions)
  return meant !== null && isSlip(written.toLowerCase(), meant.toLowerCase()) ? meant : null
}

function isSlip(written: string, meant: string): boolean {
  const far = editDistance(written, meant)
  return far <= Math.max(1, meant.length / 6) || (far === 2 && sorted(written) === sorted(meant))
}

const sorted = (text: string) => [...text].sort().join('')

/** Keywords of 3.1 that would affect validation. A warning in a 3.0 document is useful for these only. */
export function isAssertion(keyword: string): boolean {
  const kind = keywordsOf['3.1'].get(keyword)
  if (keyword === '$dynamicRef') return true
  return kind !== undefined && kind !== 'annotation' && kind !== 'elsewhere' && kind !== 'dialect' && kind !== 'text'
}
