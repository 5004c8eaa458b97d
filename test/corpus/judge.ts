import { createRequire } from 'node:module'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Direction } from '../../templates/runtime/schema/index.ts'
import type { Schema, ServiceSchemas } from '../../templates/runtime/vocabulary.ts'

const addFormats = createRequire(import.meta.url)('ajv-formats') as (ajv: Ajv2020, options: object) => void

/** Validates values against the schemas of a contract with ajv, as an oracle that shares no code with gateways. */
export interface Judge {
  /** The faults of a value; empty if it is valid. */
  faults(schema: Schema, direction: Direction, value: unknown): readonly string[]
}

/** Creates a judge. Schemas are compiled on first use. */
export function createJudge(contract: ServiceSchemas): Judge {
  const judges = { request: judgeOf(contract, 'readOnly'), response: judgeOf(contract, 'writeOnly') }
  return { faults: (schema, direction, value) => judges[direction](schema, value) }
}

function judgeOf(contract: ServiceSchemas, absent: 'readOnly' | 'writeOnly') {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateSchema: false,
    inlineRefs: false,
    ownProperties: true,
    code: { regExp },
  })
  addFormats(ajv, { mode: 'full' })
  // ajv-formats refuses URLs with private addresses, which the format does not require.
  ajv.addFormat('url', true)
  for (const [name, schema] of Object.entries(contract.schemas)) {
    const translated = translate(schema, absent, contract)
    ajv.addSchema(typeof translated === 'object' ? { ...translated, $id: address(name) } : translated, address(name))
  }
  const known = new Map<Schema, ValidateFunction>()
  return (schema: Schema, value: unknown): readonly string[] => {
    const validate = known.get(schema) ?? ajv.compile(translate(schema, absent, contract))
    known.set(schema, validate)
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

function address(name: string): string {
  return `contract:/${encodeURIComponent(name)}`
}

/** Annotations; and `discriminator`, for which ajv has stricter requirements than OpenAPI. */
const annotations = new Set([
  'discriminator',
  'readOnly',
  'writeOnly',
  'example',
  'examples',
  'default',
  'xml',
  'externalDocs',
  'description',
])

/**
 * The schema for ajv, for one direction: members with the mark of the other direction are not allowed, and not
 * required.
 */
function translate(schema: Schema, absent: 'readOnly' | 'writeOnly', contract: ServiceSchemas): Schema {
  const visit = (node: unknown, above: ReadonlySet<string>): unknown => {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return node
    const own = node as Readonly<Record<string, unknown>>
    const gone = new Set([...above, ...absentNames(own, absent, contract)])
    const result: Record<string, unknown> = {}
    for (const [keyword, value] of Object.entries(discriminated(own))) {
      if (annotations.has(keyword) || keyword.startsWith('x-')) continue
      if (keyword === '$ref') result[keyword] = address(String(value).slice('#/schemas/'.length))
      else if (keyword === 'required') result[keyword] = (value as readonly string[]).filter((name) => !gone.has(name))
      else if (inPlace.has(keyword)) result[keyword] = (value as readonly unknown[]).map((inner) => visit(inner, gone))
      else if (lists.has(keyword)) result[keyword] = (value as readonly unknown[]).map((inner) => visit(inner, none))
      else if (maps.has(keyword)) {
        result[keyword] = Object.fromEntries(
          Object.entries(value as object).map(([name, inner]) => [
            name,
            marked(inner, absent) ? false : visit(inner, none),
          ]),
        )
      } else result[keyword] = values.has(keyword) ? value : visit(value, none)
    }
    return result
  }
  return visit(schema, none) as Schema
}

/**
 * With a `discriminator` only the branch that it selects is validated; other branches may match too. A value that is
 * not in the mapping is validated against all branches.
 */
function discriminated(schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { propertyName, mapping } = (schema['discriminator'] ?? {}) as { propertyName?: string; mapping?: object }
  const keyword = schema['oneOf'] === undefined ? 'anyOf' : 'oneOf'
  const branches = schema[keyword] as readonly Readonly<Record<string, unknown>>[] | undefined
  if (propertyName === undefined || branches === undefined) return schema
  const { [keyword]: _, discriminator: __, ...rest } = schema
  const chosen = branches.reduceRight<unknown>(
    (otherwise, branch) => {
      const tags = Object.entries(mapping ?? {}).flatMap(([tag, to]) => (to === branch['$ref'] ? [tag] : []))
      const is = { type: 'object', required: [propertyName], properties: { [propertyName]: { enum: tags } } }
      if (tags.length === 0) return otherwise
      return Object.fromEntries([
        ['if', is],
        ['then', branch],
        ['else', otherwise],
      ])
    },
    { [keyword]: branches },
  )
  return { ...rest, allOf: [...((rest['allOf'] ?? []) as readonly unknown[]), chosen] }
}

const none: ReadonlySet<string> = new Set()
const inPlace = new Set(['allOf', 'anyOf', 'oneOf'])
const lists = new Set(['prefixItems'])
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs'])
const values = new Set(['enum', 'const', 'type', 'dependentRequired'])

/** Members of a schema, or of schemas that apply to the same value, that are not allowed. */
function absentNames(
  schema: Readonly<Record<string, unknown>>,
  mark: string,
  contract: ServiceSchemas,
  seen: Set<unknown> = new Set(),
): readonly string[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const own = Object.entries((schema['properties'] ?? {}) as object)
    .filter(([, member]) => marked(member, mark))
    .map(([name]) => name)
  const ref = schema['$ref']
  const target = typeof ref === 'string' ? contract.schemas[ref.slice('#/schemas/'.length)] : undefined
  const parts = [...((schema['allOf'] ?? []) as readonly unknown[]), target]
  return [
    ...own,
    ...parts.flatMap((part) =>
      typeof part === 'object' && part !== null
        ? absentNames(part as Readonly<Record<string, unknown>>, mark, contract, seen)
        : [],
    ),
  ]
}

function marked(schema: unknown, mark: string): boolean {
  return typeof schema === 'object' && schema !== null && (schema as Record<string, unknown>)[mark] === true
}

/** Parses patterns as JSON Schema 2020-12 section 6.4 requires, or without the flag `u` if they are valid only then. */
const regExp = Object.assign(
  (source: string) => {
    try {
      return new RegExp(source, 'u')
    } catch {
      return new RegExp(source)
    }
  },
  { code: '' },
)
