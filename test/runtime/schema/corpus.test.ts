import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import type { JsonValue } from '../../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'
import { sampler } from './sampler.ts'

const addFormats = createRequire(import.meta.url)('ajv-formats') as (ajv: Ajv2020, mode: object) => void

/** Public OpenAPI documents, in a folder beside the repository if a developer has put them there. */
const corpus = new URL('../../../../shared/specs/', import.meta.url)
const files = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ya?ml|json)$/.test(name) && !name.startsWith('negative'))
      .sort()
  : []

/** The most schemas of one document that are tested, spread over all of them. */
const most = 50

/** Keywords that have another meaning for ajv, or none in JSON Schema. */
const dropped = new Set(['discriminator', 'readOnly', 'writeOnly', 'example', 'examples', 'default', 'xml', '$schema'])

/** Compiles patterns as the runtime does: with the flag `u` if possible. */
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

/** A schema in the vocabulary of 2020-12 with local references. References to other files allow everything. */
function translate(value: unknown, known: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => translate(item, known))
  if (typeof value !== 'object' || value === null) return value
  const source = value as Readonly<Record<string, unknown>>
  const { $ref } = source
  if (typeof $ref === 'string') {
    const name = $ref.replace('#/components/schemas/', '')
    return known.has(name) ? { $ref: `#/schemas/${name}` } : {}
  }
  const entries = Object.entries(source)
    .filter(([keyword, of]) => !dropped.has(keyword) && !(keyword === 'multipleOf' && !Number.isInteger(of)))
    .map(([keyword, of]) => [keyword, keyword === 'enum' || keyword === 'const' ? of : translate(of, known)])
  const schema = Object.fromEntries(entries) as Record<string, unknown>
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof schema[flag] !== 'boolean') continue
    if (schema[flag]) schema[flag] = schema[bound]
    else delete schema[flag]
  }
  // ajv-formats refuses hosts of private networks; the format does not require that.
  if (schema['format'] === 'url') delete schema['format']
  const { nullable, pattern } = schema
  delete schema['nullable']
  // Not ECMAScript, such as `(?i)`: the generator refuses the pattern or rewrites it.
  if (typeof pattern === 'string' && !isPattern(pattern)) delete schema['pattern']
  if (nullable !== true) return schema
  return { anyOf: [{ type: 'null' }, schema] }
}

function isPattern(source: string): boolean {
  try {
    regExp(source)
    return true
  } catch {
    return false
  }
}

function schemasOf(file: string): Readonly<Record<string, Schema>> {
  const text = readFileSync(new URL(file, corpus), 'utf8')
  const document = (file.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 })) as unknown
  const found = (document as { components?: { schemas?: Record<string, unknown> } } | null)?.components?.schemas ?? {}
  const known = new Set(Object.keys(found).filter((name) => /^[\w.-]+$/.test(name)))
  return Object.fromEntries([...known].map((name) => [name, translate(found[name], known) as Schema]))
}

const documents = files
  .map((file) => ({ file, schemas: schemasOf(file) }))
  .filter(({ schemas }) => Object.keys(schemas).length > 0)

const eachDocument =
  documents.length > 0
    ? test.each(documents.map(({ file, schemas }) => [file, schemas] as const))
    : test.skip.each([['the documents are not there: put them beside the repository, in shared/specs', {}] as const])

describe('on the schemas of public documents a checker agrees with ajv', () => {
  eachDocument(
    '%s',
    (_, schemas) => {
      const ajv = new Ajv2020({
        strict: false,
        ownProperties: true,
        logger: false,
        validateSchema: false,
        inlineRefs: false,
        code: { regExp },
      })
      addFormats(ajv, { mode: 'full' })
      ajv.addSchema({ $id: 'https://corpus.test/', schemas })
      const contract = compileSchemas({ operations: {}, schemas, linear: [] })
      const names = Object.keys(schemas)
      const step = Math.max(1, Math.ceil(names.length / most))
      for (const [at, name] of names.filter((_, index) => index % step === 0).entries()) {
        const judge = ajv.getSchema(`https://corpus.test/#/schemas/${name}`)
        const checker = contract.checker({ $ref: `#/schemas/${name}` }, 'request')
        const values = sampler(schemas, at)
        for (const value of values({ $ref: `#/schemas/${name}` }, 8))
          compareOne(name, value, checker.fits(value), judge?.(value) === true)
      }
    },
    120_000,
  )
})

/** After a projection a value may match two branches of `oneOf`, if they differed only in an undeclared member. */
function lenient(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return JSON.parse(JSON.stringify(schemas).replaceAll('"oneOf":[', '"anyOf":[')) as Record<string, Schema>
}

describe('on the schemas of public documents a projection', () => {
  eachDocument(
    'keeps valid values valid, adds nothing, and is stable: %s',
    (_, schemas) => {
      const contract = compileSchemas({ operations: {}, schemas: lenient(schemas), linear: [] })
      const names = Object.keys(schemas)
      const step = Math.max(1, Math.ceil(names.length / most))
      for (const [at, name] of names.filter((_, index) => index % step === 0).entries()) {
        const schema = { $ref: `#/schemas/${name}` }
        for (const value of sampler(schemas, at)(schema, 4)) {
          const projected = contract.projector(schema)(value)
          if (projected === undefined) continue
          expect(JSON.stringify(projected).length).toBeLessThanOrEqual(JSON.stringify(value).length)
          const { fits } = contract.checker(schema, 'response')
          if (!fits(value)) continue
          expect({ name, value, fits: fits(projected) }).toEqual({ name, value, fits: true })
          expect({ name, again: contract.projector(schema)(projected) }).toEqual({ name, again: projected })
        }
      }
    },
    120_000,
  )
})

function compareOne(name: string, value: JsonValue, ours: boolean, theirs: boolean): void {
  if (ours !== theirs) throw new Error(`${name}: ajv says ${theirs} of ${JSON.stringify(value)}`)
}
