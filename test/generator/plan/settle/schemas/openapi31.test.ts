import { describe, expect, test } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../../../generator/read/types.ts'
import { answering, answerSchema, planDocument, translated } from '../../../../support/translation.ts'

describe('a schema of OpenAPI 3.1', () => {
  const same: readonly JsonValue[] = [
    true,
    { type: ['string', 'null'], const: 'a' },
    { prefixItems: [{ type: 'string' }, false], items: false, unevaluatedItems: false },
    { contains: { type: 'string' }, minContains: 1, maxContains: 2 },
    JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}'),
    { dependentRequired: { a: ['b'] }, dependentSchemas: { a: { required: ['b'] } } },
    { patternProperties: { '^x-': { type: 'string' } }, unevaluatedProperties: false },
    { propertyNames: { maxLength: 3 }, not: { required: ['a'] } },
    { type: 'integer', multipleOf: 5, exclusiveMinimum: 0, exclusiveMaximum: 100 },
    { type: 'string', contentEncoding: 'base64', contentMediaType: 'image/png' },
  ]
  test.each(same.map((schema) => [JSON.stringify(schema), schema]))('is unchanged: %s', (_, schema) => {
    const planned = planDocument(answering(schema as JsonValue))
    expect(planned.problems.filter((problem) => !problem.startsWith('GW3266'))).toEqual([])
    expect(answerSchema(planned)).toEqual(schema)
  })

  const A = { A: { type: 'object' } }
  const ref = { $ref: '#/components/schemas/A' }
  const toA = { $ref: '#/schemas/A' }
  const cases: readonly (readonly [name: string, given: JsonValue, want: unknown])[] = [
    ['a note beside a reference', { ...ref, description: 'D', readOnly: true }, { ...toA, readOnly: true }],
    ['a condition beside a reference', { ...ref, required: ['a'] }, { required: ['a'], allOf: [toA] }],
    ['a reference beside parts', { ...ref, allOf: [{ required: ['a'] }] }, { allOf: [toA, { required: ['a'] }] }],
    ['booleans among parts', { allOf: [true, false] }, { allOf: [{}, { not: {} }] }],
    ['one type in a list', { type: ['string'] }, { type: 'string' }],
    ['$defs, $comment, $anchor', { $defs: { B: {} }, $comment: 'C', $anchor: 'D' }, {}],
    ['contentSchema', { contentSchema: { type: 'object' } }, {}],
    ['the dialect, where it is this one', { $schema: 'https://json-schema.org/draft/2020-12/schema' }, {}],
  ]
  test.each(cases)('%s', (_, given, want) => {
    expect(translated(given, A)).toEqual(want)
  })

  test('nullable is not a keyword, which is reported', () => {
    const planned = planDocument(answering({ properties: { a: { type: 'string', nullable: true } } }))
    expect(answerSchema(planned)).toEqual({ properties: { a: { type: 'string' } } })
    expect(planned.problems).toEqual([expect.stringMatching(/^GW3259 .*\/a\/nullable$/)])
  })

  const fitting: readonly JsonObject[] = [
    {},
    { type: ['string', 'null'] },
    { type: 'null' },
    { type: ['string', 'null'], enum: ['a', null] },
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
    { oneOf: [{ type: 'string' }, { type: 'null' }] },
    { allOf: [{ type: ['object', 'null'] }, { description: 'A' }] },
  ]
  test.each(fitting)('nullable is not reported where null fits anyway: %j', (schema) => {
    expect(planDocument(answering({ properties: { a: { ...schema, nullable: true } } })).problems).toEqual([])
  })

  const unfitting: readonly JsonObject[] = [
    { enum: ['a'] },
    { const: 'a' },
    { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    { oneOf: [{ type: 'null' }, { type: ['string', 'null'] }] },
    { allOf: [{ type: ['object', 'null'] }, { type: 'object' }] },
    { not: { type: 'null' } },
  ]
  test.each(unfitting)('nullable is reported where null does not fit, or may not: %j', (schema) => {
    expect(planDocument(answering({ properties: { a: { ...schema, nullable: true } } })).problems).toEqual([
      expect.stringMatching(/^GW3259 .*\/a\/nullable$/),
    ])
  })
})

describe('constructs without a meaning are reported at their place, and once', () => {
  const cases: readonly (readonly [code: string, at: string, schema: JsonObject])[] = [
    ['GW3250', '$ref', { $ref: '#/components/schemas/Nobody' }],
    ['GW3250', '$ref', { $ref: '#nowhere' }],
    ['GW3250', '$ref', { $ref: 'https://elsewhere.example/schema' }],
    ['GW3250', '$ref', { $ref: '#' }],
    ['GW3251', '$ref', { $ref: 1 }],
    ['GW3251', 'properties', { properties: [] }],
    ['GW3251', 'allOf', { allOf: {} }],
    ['GW3251', 'anyOf', { anyOf: [] }],
    ['GW3251', 'oneOf/0', { oneOf: ['a'] }],
    ['GW3251', 'items', { items: [{ type: 'string' }] }],
    ['GW3251', 'required', { required: true }],
    ['GW3251', 'required', { required: [1] }],
    ['GW3251', 'maxLength', { maxLength: -1 }],
    ['GW3251', 'minItems', { minItems: 1.5 }],
    ['GW3251', 'multipleOf', { multipleOf: 0 }],
    ['GW3251', 'minimum', { minimum: '1' }],
    ['GW3251', 'exclusiveMinimum', { exclusiveMinimum: true }],
    ['GW3251', 'uniqueItems', { uniqueItems: 'yes' }],
    ['GW3251', 'enum', { enum: 'a' }],
    ['GW3251', 'format', { format: 1 }],
    ['GW3251', 'pattern', { pattern: 1 }],
    ['GW3251', 'dependentRequired', { dependentRequired: { a: 'b' } }],
    ['GW3251', 'discriminator', { discriminator: 'kind' }],
    ['GW3252', 'type', { type: 'file' }],
    ['GW3252', 'type', { type: ['string', 'any'] }],
    ['GW3252', 'type', { type: null }],
    ['GW3253', 'pattern', { pattern: '(' }],
    ['GW3253', 'patternProperties/(', { patternProperties: { '(': {} } }],
    ['GW3255', 'enum', { enum: [] }],
    ['GW3255', 'enum', { type: 'string', enum: [1, 2] }],
    ['GW3255', 'minLength', { minLength: 3, maxLength: 2 }],
    ['GW3257', '$schema', { $schema: 'http://json-schema.org/draft-07/schema#' }],
    ['GW3260', 'discriminator/mapping/a', { discriminator: { propertyName: 'kind', mapping: { a: 'Nobody' } } }],
  ]
  const prefix = '/paths/~1order/get/responses/200/content/application~1json/schema'

  test.each(cases.map(([code, at, schema]) => [`${JSON.stringify(schema)}: ${code}`, code, at, schema] as const))(
    '%s',
    (_, code, at, schema) => {
      const both = { anyOf: [{ $ref: '#/components/schemas/Bad' }, { $ref: '#/components/schemas/Bad' }] }
      const { problems } = planDocument(answering(both, { Bad: schema }))
      expect(problems).toEqual([`${code} /components/schemas/Bad/${at}`])
      expect(planDocument(answering(schema)).problems).toEqual([`${code} ${prefix}/${at}`])
    },
  )

  test('a value that is not a schema', () => {
    expect(planDocument(answering('string')).problems).toEqual([
      'GW3251 /paths/~1order/get/responses/200/content/application~1json',
    ])
  })

  test('a reference that refers to itself', () => {
    const components = {
      Circle: { $ref: '#/components/schemas/Round' },
      Round: { $ref: '#/components/schemas/Circle' },
    }
    const { problems } = planDocument(answering({ $ref: '#/components/schemas/Circle' }, components))
    expect(problems).toEqual([`GW3250 ${prefix}/$ref`])
  })

  test('but not in schemas that no operation uses', () => {
    expect(planDocument(answering({}, { Bad: { type: 'file' } })).problems).toEqual([])
  })

  test('nor in answers that the gateway replaces', () => {
    const bad = { description: '', content: { 'application/json': { schema: { type: 'file' } } } }
    const { problems, schemas } = planDocument({
      paths: { '/a': { get: { operationId: 'a', responses: { 200: { description: '' }, 500: bad, '5XX': bad } } } },
    })
    expect(problems).toEqual([])
    expect(Object.keys(schemas.operations['a']?.answers ?? {})).toEqual(['200'])
  })
})
