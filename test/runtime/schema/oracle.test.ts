import { createRequire } from 'node:module'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { createSampler } from '../../../generator/dev/sampler.ts'
import type { JsonValue } from '../../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../templates/runtime/vocabulary.ts'
import { vocabularies } from '../../openapi/keywords.ts'
import { anyValue, confusesAjv, nearMiss, oneStepFrom, schemaArbitrary } from './arbitraries.ts'

const addFormats = createRequire(import.meta.url)('ajv-formats') as (ajv: Ajv2020, mode: object) => void

/** Named schemas, one of them recursive, so that references are part of every run. */
const named: Record<string, Schema> = {
  tree: {
    type: 'object',
    required: ['label'],
    properties: { label: { type: 'string' }, children: { type: 'array', items: { $ref: '#/schemas/tree' } } },
    additionalProperties: false,
  },
  short: { type: 'string', maxLength: 3 },
}

// `allErrors`, because without it ajv reports an error that does not exist for a list that is shorter than
// `prefixItems`.
const ajv = new Ajv2020({ strict: false, ownProperties: true, logger: false, allErrors: true })
addFormats(ajv, { mode: 'full' })

/**
 * ajv's result; `null` if its generated code is broken: version 8.20 omits a variable in some nestings of `oneOf` and
 * `not`, and `uniqueItems` assumes that all items have the type of `items`.
 */
function oracle(schema: Schema): (value: unknown) => boolean | null {
  const text = JSON.stringify(schema)
  if (text.includes('"prefixItems"') && text.includes('"uniqueItems":true')) return () => null
  const root = { allOf: [schema], schemas: named }
  const validate = ajv.compile(root)
  ajv.removeSchema(root)
  // Where `contains` is checked for several lists, ajv takes the outcome of the one before for an empty list.
  const mistakesEmpty = text.includes('"contains"')
  return (value) => {
    if (confusesAjv(value) || (mistakesEmpty && JSON.stringify(value).includes('[]'))) return null
    try {
      return validate(value) === true
    } catch (error) {
      if (error instanceof ReferenceError) return null
      throw error
    }
  }
}

describe('a checker agrees with ajv', () => {
  test('on random schemas and random values, and on values with one change', () => {
    let valid = 0
    let invalid = 0
    const values = fc.array(anyValue, { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(schemaArbitrary, values, fc.nat(), (schema, values, seed) => {
        const checker = compileSchemas({ operations: {}, schemas: named, linear: [] }).checker(schema, 'request')
        const judge = oracle(schema)
        for (const value of [...values, ...values.map((value) => nearMiss(schema, value, seed))]) {
          const expected = judge(value)
          if (expected === null) continue
          if (expected) valid += 1
          else invalid += 1
          const explained = checker.faults(value).length > 0
          if (checker.fits(value) !== expected || explained === expected) {
            throw new Error(`ajv says ${expected} of ${JSON.stringify(value)} for ${JSON.stringify(schema)}`)
          }
        }
      }),
      { numRuns: 1_000 },
    )
    // The comparison would be meaningless if all values were valid, or all invalid.
    expect(Math.min(valid, invalid)).toBeGreaterThan(500)
  })

  test('on values that fit, and on the same with one change', () => {
    let valid = 0
    let invalid = 0
    const seeds = fc.array(fc.nat(), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(schemaArbitrary, seeds, (schema, seeds) => {
        const contract = { operations: {}, schemas: named, linear: [] }
        const checker = compileSchemas(contract).checker(schema, 'request')
        const sampler = createSampler(contract)
        const judge = oracle(schema)
        for (const variant of [0, 1]) {
          const sample = sampler.value(schema, 'request', [], variant)
          if (!sample.fits) continue
          const fitting = sample.value as JsonValue
          for (const value of [fitting, ...seeds.map((seed) => oneStepFrom(fitting, seed))]) {
            const expected = judge(value)
            if (expected === null) continue
            if (expected) valid += 1
            else invalid += 1
            if (checker.fits(value) !== expected) {
              throw new Error(`ajv says ${expected} of ${JSON.stringify(value)} for ${JSON.stringify(schema)}`)
            }
          }
        }
      }),
      { numRuns: 300 },
    )
    expect(Math.min(valid, invalid)).toBeGreaterThan(500)
  })

  test('on every keyword that can affect validity', () => {
    const deciding = [...vocabularies.applicator, ...vocabularies.unevaluated, ...vocabularies.validation, 'format']
    const open = new Set(deciding)
    const both = fc.tuple(schemaArbitrary, fc.array(anyValue, { minLength: 20, maxLength: 20 }), fc.nat())
    for (const [schema, values, seed] of fc.sample(both, 3_000)) {
      if (typeof schema === 'boolean') continue
      for (const keyword of Object.keys(schema)) {
        if (!open.has(keyword)) continue
        const { [keyword]: _, ...rest } = schema
        const [judge, without] = [oracle(schema), oracle(rest)]
        const all = [...values, ...values.map((value) => nearMiss(schema, value, seed))]
        if (all.some((value) => judge(value) !== without(value))) open.delete(keyword)
      }
    }
    expect([...open]).toEqual([])
  })
})
