import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createSampler } from '../../generator/dev/sampler.ts'
import { type OpenPlace, placesIn } from '../../generator/plan/settle/open/places.ts'
import type { JsonObject, JsonValue as SpecValue } from '../../generator/read/types.ts'
import { catalogue } from '../../generator/support/index.ts'
import type { JsonValue } from '../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { anyValue, schemaArbitrary } from '../runtime/schema/arbitraries.ts'
import { type Choose, createChoose } from '../support/jsonStyles.ts'
import { answering, answerSchema, planDocument } from '../support/translation.ts'
import { mark } from './markers.ts'
import { fuzz, patience } from './runs.ts'

/** Schemas that the random ones refer to. A discriminator of `base` selects `heir` or `other`. */
const components = (extra: Schema): JsonObject => ({
  tree: {
    type: 'object',
    properties: { a: { type: 'string' }, b: { type: 'array', items: { $ref: '#/components/schemas/tree' } } },
  },
  short: { type: 'string', maxLength: 3 },
  base: {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string' } },
    discriminator: {
      propertyName: 'a',
      mapping: { x: '#/components/schemas/heir' },
      defaultMapping: '#/components/schemas/other',
    },
  },
  union: {
    oneOf: [{ $ref: '#/components/schemas/tree' }, { $ref: '#/components/schemas/other' }],
    discriminator: { propertyName: 'a', mapping: { x: '#/components/schemas/tree' } },
  },
  other: typed(extra) as SpecValue,
  heir: { allOf: [{ $ref: '#/components/schemas/base' }, typed(extra) as SpecValue] },
})

const ofObjects = ['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties']
const ofLists = ['items', 'prefixItems', 'unevaluatedItems']

/**
 * The schema with `type` where it describes only objects, or only lists: without it, values of the other kind pass by rule, although no
 * place is listed (rule O2). References lead to components.
 */
function typed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(typed)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).map(([name, value]) => {
    const isData = name === 'enum' || name === 'const' || name === 'required' || name === 'type'
    return [name, isData ? value : name === '$ref' ? components$ref(value) : typed(value)] as const
  })
  const [objects, lists] = [ofObjects, ofLists].map((names) => names.some((name) => Object.hasOwn(schema, name)))
  const isTyped = Object.hasOwn(schema, 'type') || objects === lists
  return Object.fromEntries([...entries, ...(isTyped ? [] : [['type', objects ? 'object' : 'array']])])
}

function components$ref(value: unknown): unknown {
  return typeof value === 'string' ? value.replace('#/schemas/', '#/components/schemas/') : value
}

/** Whether a place is the place of a leaf, or around it. */
function isAround({ pointer }: OpenPlace, leaf: readonly string[]): boolean {
  const segments = pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
  return segments.length <= leaf.length && segments.every((segment, at) => segment === '*' || segment === leaf[at])
}

/** The answer's schema, half of them with choices around the random ones. */
const answerArbitrary: fc.Arbitrary<Schema> = fc.oneof(
  schemaArbitrary,
  fc.constantFrom<Schema>({ $ref: '#/schemas/base' }, { $ref: '#/schemas/union' }),
  fc.record({ anyOf: fc.array(schemaArbitrary, { minLength: 2, maxLength: 3 }) }) as fc.Arbitrary<Schema>,
  fc.record({ oneOf: fc.array(schemaArbitrary, { minLength: 2, maxLength: 3 }) }) as fc.Arbitrary<Schema>,
  fc.record({
    type: fc.constant('object'),
    properties: fc.dictionary(fc.constantFrom('a', 'b', 'label'), schemaArbitrary, { noNullPrototype: true }),
  }) as fc.Arbitrary<Schema>,
  fc.record({
    type: fc.constant('object'),
    additionalProperties: fc.oneof(fc.constant<Schema>({ $ref: '#/schemas/base' }), schemaArbitrary),
  }) as fc.Arbitrary<Schema>,
)

interface Case {
  readonly schema: SpecValue
  readonly extra: Schema
}

function leaked({ schema, extra }: Case, values: readonly JsonValue[], choose: Choose): readonly string[] {
  const planned = planDocument(answering(schema, components(extra), '3.2.0'))
  // No gateway is generated.
  if (planned.findings.some(({ report: { code } }) => catalogue[code].severity === 'error')) return []
  const written = answerSchema(planned) as Schema | undefined
  const answer = planned.translation.operations.get('getOrder')?.answers[0]?.content[0]?.schema
  if (written === undefined || answer === undefined || answer === null) return []
  const places = placesIn(planned.translation)(answer)
  const project = compileSchemas(planned.schemas).projector(written)
  const sampler = createSampler(planned.schemas)
  const fitting = [0, 1].map((variant) => sampler.value(written, 'response', [], variant).value as JsonValue)
  return [...values, ...fitting].flatMap((plain) => {
    const { value, leaves } = mark(plain, choose)
    const text = JSON.stringify(project(value)) ?? ''
    return leaves
      .filter(({ id, path }) => text.includes(`"${id}"`) && !places.some((place) => isAround(place, path)))
      .map(({ path }) => path.join('/'))
  })
}

test(
  'what no schema describes passes a projection at a place that is listed as open, and nowhere else (rule O2)',
  () => {
    fc.assert(
      fc.property(
        answerArbitrary,
        schemaArbitrary,
        fc.array(anyValue, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        (schema, extra, values, seed) => {
          expect(leaked({ schema: typed(schema) as SpecValue, extra }, values, createChoose(seed))).toEqual([])
        },
      ),
      fuzz(50, 20_000, 1),
    )
  },
  patience,
)
