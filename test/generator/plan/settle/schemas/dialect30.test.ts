import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { createSampler } from '../../../../../generator/dev/sampler.ts'
import type { JsonObject, JsonValue } from '../../../../../generator/read/types.ts'
import type { JsonValue as Value } from '../../../../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../../../templates/runtime/vocabulary.ts'
import { anyValue, confusesAjv, oneStepFrom } from '../../../../runtime/schema/arbitraries.ts'
import { answering, planDocument } from '../../../../support/translation.ts'

// ajv, with the meaning of OpenAPI 3.0 defined in a few lines, compared with the translation and the validator of
// gateways.

const names = ['a', 'b', 'label', 'constructor'] as const
const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
const components: JsonObject = {
  Short: { type: 'string', maxLength: 2 },
  Maybe: { type: 'integer', nullable: true, minimum: 0, exclusiveMinimum: true },
  Tree: {
    type: 'object',
    required: ['label'],
    properties: { label: to('Short'), a: { nullable: true, allOf: [to('Tree')] } },
    additionalProperties: false,
  },
}

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 })

const record = (keywords: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<JsonObject> =>
  fc
    .record(Object.fromEntries(Object.entries(keywords).map(([name, of]) => [name, optional(of)])))
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, of]) => of !== undefined)) as JsonObject)

const count = fc.integer({ min: 0, max: 3 })
const flag = fc.boolean()
const type = fc.constantFrom('boolean', 'number', 'integer', 'string', 'array', 'object')
const shared = { nullable: flag, type }

const schemaOf30: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject }>((tie) => {
  const schema = tie('schema')
  const schemas = fc.array(schema, { minLength: 1, maxLength: 3 })
  const members = fc.dictionary(fc.constantFrom(...names), schema, { minKeys: 1, maxKeys: 3, noNullPrototype: true })
  const enumeration = fc.array(fc.constantFrom(1, 2, 'a', 'b', true), { minLength: 1, maxLength: 3 })
  return {
    schema: fc.oneof(
      { maxDepth: 3 },
      record(shared),
      record({ ...shared, minimum: count, maximum: count, exclusiveMinimum: flag, exclusiveMaximum: flag }),
      record({ ...shared, enum: enumeration }),
      record({ ...shared, multipleOf: fc.constantFrom(1, 2, 0.5), minimum: count }),
      record({ ...shared, minLength: count, maxLength: count, pattern: fc.constantFrom('^a', '^.{2}$') }),
      record({ ...shared, items: schema, minItems: count, maxItems: count, uniqueItems: flag }),
      record({ ...shared, properties: members, required: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }) }),
      record({ ...shared, properties: members, additionalProperties: fc.oneof(flag, schema), minProperties: count }),
      record({ ...shared, allOf: schemas, not: schema, maxProperties: count }),
      record({ ...shared, anyOf: schemas }),
      record({ ...shared, oneOf: schemas }),
      fc.constantFrom(...Object.keys(components)).map(to),
      fc.constantFrom(...Object.keys(components)).map((name) => ({ ...to(name), nullable: true, maxLength: 0 })),
    ),
  }
}).schema

/**
 * OpenAPI 3.0 in JSON Schema: keywords beside a `$ref` are ignored, bounds are exclusive by a flag, `nullable` adds an
 * alternative.
 */
function meaning(node: JsonValue): JsonValue {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node
  const { $ref, nullable, exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = node as JsonObject
  if ($ref !== undefined) return { $ref }
  const meant: { [name: string]: JsonValue } = {}
  for (const [keyword, value] of Object.entries(rest)) {
    if (keyword === 'properties') {
      meant[keyword] = Object.fromEntries(Object.entries(value as JsonObject).map(([name, of]) => [name, meaning(of)]))
    } else if (['items', 'not', 'additionalProperties'].includes(keyword)) meant[keyword] = meaning(value)
    else if (['allOf', 'anyOf', 'oneOf'].includes(keyword)) meant[keyword] = (value as JsonValue[]).map(meaning)
    else meant[keyword] = value
  }
  if (minimum !== undefined) meant[exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum'] = minimum
  if (maximum !== undefined) meant[exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum'] = maximum
  return nullable === true ? { anyOf: [{ type: 'null' }, meant] } : meant
}

const ajv = new Ajv2020({ strict: false, ownProperties: true, logger: false })

/** ajv's result; `null` if its generated code is broken (version 8.20 omits a variable in some nestings). */
function oracle(schema: JsonObject): (value: unknown) => boolean | null {
  const meant = Object.fromEntries(Object.entries(components).map(([name, of]) => [name, meaning(of)]))
  const root = { allOf: [meaning(schema)], components: { schemas: meant } }
  const validate = ajv.compile(root)
  ajv.removeSchema(root)
  return (value) => {
    if (confusesAjv(value)) return null
    try {
      return validate(value) === true
    } catch (error) {
      if (error instanceof ReferenceError) return null
      throw error
    }
  }
}

describe('a schema of OpenAPI 3.0', () => {
  test('has the same meaning for a gateway as for ajv, for random values, values that fit, and values with one change', () => {
    const tally = { valid: 0, invalid: 0, nulls: 0, refused: 0 }
    const values = fc.array(anyValue, { minLength: 8, maxLength: 8 })
    const seeds = fc.array(fc.nat(), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(schemaOf30, values, seeds, (schema, values, seeds) => {
        const planned = planDocument(answering({ properties: { it: schema } }, components, '3.0.3'))
        const { schemas } = planned
        const problems = planned.problems.filter((problem) => !/^GW32(?:66|69)/.test(problem))
        // A schema that contradicts itself is refused.
        if (problems.length > 0) {
          expect(problems.filter((problem) => !problem.startsWith('GW3255'))).toEqual([])
          tally.refused += 1
          return
        }
        const answer = schemas.operations['getOrder']?.answers['200']?.content['application/json']?.schema
        const { it } = (answer as { readonly properties: { readonly it: Schema } }).properties
        const checker = compileSchemas(schemas).checker(it, 'response')
        const sample = createSampler(schemas).value(it, 'response')
        const fitting = sample.fits ? [sample.value as Value] : []
        const near = fitting.flatMap((value) => seeds.map((seed) => oneStepFrom(value, seed)))
        const judge = oracle(schema)
        for (const value of [null, ...values, ...fitting, ...near]) {
          const expected = judge(value)
          if (expected === null) continue
          if (expected) tally.valid += 1
          else tally.invalid += 1
          if (expected && value === null) tally.nulls += 1
          if (checker.fits(value) !== expected) {
            throw new Error(`ajv says ${expected} of ${JSON.stringify(value)} for ${JSON.stringify(schema)}`)
          }
        }
      }),
      { numRuns: 600 },
    )
    expect(Math.min(tally.valid, tally.invalid)).toBeGreaterThan(500)
    expect(tally.nulls).toBeGreaterThan(20)
    expect(tally.refused).toBeLessThan(300)
  })
})
