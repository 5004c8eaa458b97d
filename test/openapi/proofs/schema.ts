import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../generator/read/types.ts'
import { at, giving, type Parts, taking } from '../documents.ts'
import { outcomeOf, planOf, probing } from '../probe.ts'
import { documents, holdsAnswers, isIgnored, type Proof, type Proofs, refusesRequests, without } from '../proof.ts'

const modern = '3.1.0'
const old = '3.0.3'

export interface Case {
  readonly schema: JsonObject
  readonly fits: readonly JsonValue[]
  readonly fails: readonly JsonValue[]
  /** The place of the keyword in the schema; default: directly in it. */
  readonly at?: string
  readonly components?: JsonObject
  /** The versions of OpenAPI to test. */
  readonly versions?: readonly string[]
}

export const one = (schema: JsonObject, fits: JsonValue, fails: JsonValue, more: Partial<Case> = {}): Case => ({
  schema,
  fits: [fits],
  fails: [fails],
  ...more,
})

const Short = { type: 'string', maxLength: 1 }
export const both = [modern, old]

/** Keywords at the top of a schema whose removal makes the invalid value valid. */
const assertions: Readonly<Record<string, Case>> = {
  type: one({ type: 'string' }, 'a', 1, { versions: both }),
  enum: one({ enum: ['a', 1] }, 1, 'b', { versions: both }),
  const: one({ const: { a: 1 } }, { a: 1 }, { a: 2 }),
  multipleOf: one({ multipleOf: 0.1 }, 0.3, 0.35, { versions: both }),
  maximum: one({ maximum: 1 }, 1, 2, { versions: both }),
  minimum: one({ minimum: 1 }, 1, 0, { versions: both }),
  exclusiveMaximum: one({ exclusiveMaximum: 1 }, 0, 1),
  exclusiveMinimum: one({ exclusiveMinimum: 1 }, 2, 1),
  maxLength: one({ maxLength: 1 }, '😀', 'ab', { versions: both }),
  minLength: one({ minLength: 2 }, 'ab', '😀', { versions: both }),
  pattern: one({ pattern: '^a' }, 'ab', 'ba', { versions: both }),
  maxItems: one({ maxItems: 1 }, [1], [1, 2], { versions: both }),
  minItems: one({ minItems: 1 }, [1], [], { versions: both }),
  uniqueItems: one({ uniqueItems: true }, [1, 2], [1, 1.0], { versions: both }),
  maxContains: one({ contains: { const: 1 }, maxContains: 1 }, [1, 2], [1, 1]),
  minContains: one({ contains: { const: 1 }, minContains: 2 }, [1, 1], [1, 2]),
  maxProperties: one({ maxProperties: 1 }, { a: 1 }, { a: 1, b: 1 }, { versions: both }),
  minProperties: one({ minProperties: 1 }, { a: 1 }, {}, { versions: both }),
  required: one({ required: ['a'] }, { a: 1 }, { b: 1 }, { versions: both }),
  dependentRequired: one({ dependentRequired: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }),
  dependentSchemas: one({ dependentSchemas: { a: { required: ['b'] } } }, { a: 1, b: 1 }, { a: 1 }),
  propertyNames: one({ propertyNames: { maxLength: 1 } }, { a: 1 }, { ab: 1 }),
  properties: one({ properties: { a: { type: 'string' } } }, { a: '' }, { a: 1 }, { versions: both }),
  patternProperties: one({ patternProperties: { '^a': { type: 'string' } } }, { ab: '' }, { ab: 1 }),
  additionalProperties: one(
    { properties: { a: {} }, additionalProperties: false },
    { a: 1 },
    { b: 1 },
    { versions: both },
  ),
  items: one({ items: { type: 'string' } }, ['a'], [1], { versions: both }),
  prefixItems: one({ prefixItems: [{ type: 'string' }] }, ['a', 1], [1]),
  contains: one({ contains: { type: 'string' } }, [1, 'a'], [1]),
  allOf: one({ allOf: [{ type: 'string' }, { maxLength: 1 }] }, 'a', 'ab', { versions: both }),
  anyOf: one({ anyOf: [{ type: 'string' }, { type: 'number' }] }, 1, true, { versions: both }),
  oneOf: one({ oneOf: [{ type: 'number' }, { minimum: 2 }] }, 1, 2, { versions: both }),
  not: one({ not: { type: 'string' } }, 1, 'a', { versions: both }),
  if: one({ if: { required: ['a'] }, then: { required: ['b'] } }, { a: 1, b: 1 }, { a: 1 }),
  then: one({ if: { required: ['a'] }, then: { required: ['b'] } }, { b: 1 }, { a: 1 }),
  else: one({ if: { required: ['a'] }, else: { required: ['b'] } }, { a: 1 }, { c: 1 }),
  unevaluatedProperties: one({ allOf: [{ properties: { a: {} } }], unevaluatedProperties: false }, { a: 1 }, { b: 1 }),
  unevaluatedItems: one({ allOf: [{ prefixItems: [{}] }], unevaluatedItems: false }, [1], [1, 2]),
  $ref: one({ $ref: '#/components/schemas/Short' }, 'a', 'ab', { versions: both, components: { schemas: { Short } } }),
  $dynamicRef: one({ $dynamicRef: '#short' }, 'a', 'ab', {
    components: { schemas: { Short: { ...Short, $dynamicAnchor: 'short' } } },
  }),
  discriminator: one(
    {
      anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: { propertyName: 'kind' },
    },
    { kind: 'Dog', bark: 'loud' },
    { kind: 'Dog', bark: 1 },
    {
      versions: both,
      components: {
        schemas: {
          Cat: { required: ['kind'], properties: { kind: { type: 'string' } } },
          Dog: { required: ['kind'], properties: { kind: { type: 'string' }, bark: { type: 'string' } } },
        },
      },
    },
  ),
}

export const body = (value: JsonValue) => ({ body: JSON.stringify(value) })

/** Invalid requests are refused, and invalid answers are not passed on. Without the keyword both pass. */
export function isEnforced(
  keyword: string,
  { schema, fits, fails, components = {}, versions = [modern], at: place }: Case,
): Proof {
  return async (codes) => {
    for (const openapi of versions) {
      const parts: Parts = { openapi, components }
      const within = place ?? `/${keyword}`
      await refusesRequests({
        document: taking(schema, parts),
        at: `${at.body}/schema${within}`,
        fits: fits.map(body),
        fails: fails.map(body),
      })(codes)
      await holdsAnswers({
        document: giving(schema, parts),
        at: `${at.answer}/content/application~1json/schema${within}`,
        service: { answers: 'enforce', undeclared: 'pass' },
        answers: [
          ...fits.map((value) => [{ body: value }, { status: 200, body: JSON.stringify(value) }] as const),
          ...fails.map((value) => [{ body: value }, { status: 502 }] as const),
        ],
      })(codes)
    }
  }
}

/** The keyword is at the same place of the contract as in the spec. */
function isShown(keyword: string, { schema, components = {} }: Case): Proof {
  return async () => {
    const { contract } = await planOf(taking(schema, { components }))
    expect(shownSchema(contract)).toHaveProperty([keyword])
  }
}

export function shownSchema(contract: JsonObject): JsonObject {
  const content = (contract as { paths: { '/probe': { post: { requestBody: { content: JsonObject } } } } }).paths[
    '/probe'
  ].post.requestBody.content
  return (content['application/json'] as { schema: JsonObject }).schema
}

/** An annotation: the contract has it. */
export function annotates(keyword: string, value: JsonValue, versions: readonly string[] = [modern]): Proof {
  return async () => {
    for (const openapi of versions) {
      const { contract } = await planOf(taking({ type: 'string', [keyword]: value }, { openapi }))
      expect(shownSchema(contract)).toEqual({ type: 'string', [keyword]: value })
    }
  }
}

function saysNothing(keyword: string, value: JsonValue): Proof {
  return isIgnored({ document: taking({ type: 'string', [keyword]: value }), at: `${at.body}/schema/${keyword}` })
}

/** The keyword in a component makes a reference resolvable; without it the reference is dangling. */
function leads(reference: JsonObject, component: JsonObject, keyword: string): Proof {
  return async (codes) => {
    const document = taking(reference, { components: { schemas: { It: component } } })
    const place = `/components/schemas/It/${keyword}`
    const calls = { fits: [body('a')], fails: [body('ab')] }
    await refusesRequests({ document, at: place, ...calls, control: 'none' })(codes)
    expect((await outcomeOf(without({ document, at: place }))).client).toBeNull()
  }
}

export const marked = (mark: string, value: JsonValue): JsonObject => ({
  type: 'object',
  properties: { id: { type: 'string', [mark]: value } },
})

/** All forms of a `readOnly` member: beside the type, behind a reference, in all of several alternatives. */
const readOnlyForms: readonly JsonObject[] = [
  { type: 'string', readOnly: true },
  { $ref: '#/components/schemas/Id' },
  { allOf: [{ $ref: '#/components/schemas/Id' }] },
  { oneOf: [{ $ref: '#/components/schemas/Id' }, { type: 'integer', readOnly: true }] },
  { anyOf: [{ $ref: '#/components/schemas/Id' }, { type: 'null' }] },
]

export const withholds = (mark: string, schema: JsonObject): Proof =>
  holdsAnswers({
    document: giving(schema),
    at: `${at.answer}/content/application~1json/schema/properties/id/${mark}`,
    answers: [[{ body: { id: 'a' } }, { status: 200, body: '{}' }]],
  })

const refusesReadOnly: Proof = async () => {
  for (const id of readOnlyForms) {
    const document = taking(
      { type: 'object', properties: { id } },
      { components: { schemas: { Id: { type: 'string', readOnly: true } } } },
    )
    await probing(document, {}, async (probe) => {
      expect((await probe.send(body({ id: 'a' }))).status).toBe(400)
      expect((await probe.send(body({}))).status).toBe(200)
    })
  }
}

const understands =
  (dialect: string, refused: string): Proof =>
  async (codes) => {
    const document = (value: string) => taking({ type: 'string', $schema: value })
    expect((await outcomeOf(document(dialect))).problems).toEqual([])
    expect((await outcomeOf(document(refused))).problems).toEqual(
      codes.map((code) => `${code} ${at.body}/schema/$schema`),
    )
  }

const exclusive: Readonly<Record<string, Case>> = {
  exclusiveMaximum: one({ maximum: 1, exclusiveMaximum: true }, 0, 1, { versions: [old] }),
  exclusiveMinimum: one({ minimum: 1, exclusiveMinimum: true }, 2, 1, { versions: [old] }),
}

/** The keyword makes `null` valid in requests and answers. */
const admitsNull: Proof = async () => {
  const forms: readonly JsonObject[] = [
    { type: 'string' },
    { type: 'string', enum: ['a'] },
    { allOf: [{ $ref: '#/components/schemas/Short' }] },
  ]
  for (const form of forms) {
    const status = (schema: JsonObject) =>
      probing(taking(schema, { openapi: old, components: { schemas: { Short } } }), {}, async (probe) => [
        (await probe.send(body(null))).status,
        (await probe.send(body('a'))).status,
      ])
    expect(await status({ ...form, nullable: true })).toEqual([200, 200])
    expect(await status(form)).toEqual([400, 200])
  }
}

const notes: Proofs = {
  title: { documented: annotates('title', 'A title', both) },
  description: { documented: annotates('description', 'A text', both) },
  default: { documented: annotates('default', 'a', both) },
  deprecated: { documented: annotates('deprecated', true, both) },
  example: { documented: annotates('example', 'a', both) },
  examples: { documented: annotates('examples', ['a']) },
  externalDocs: { documented: annotates('externalDocs', { url: 'https://docs.example' }, both) },
  xml: { documented: annotates('xml', { name: 'x', wrapped: true }, both) },
  contentEncoding: { documented: annotates('contentEncoding', 'base64') },
  contentMediaType: { documented: annotates('contentMediaType', 'image/png') },
  contentSchema: { documented: annotates('contentSchema', { type: 'object' }) },
}

export const schemaProofs: Proofs = {
  ...notes,
  ...Object.fromEntries(
    Object.entries(assertions).map(([keyword, of]) => [
      keyword,
      {
        enforced: async (codes: readonly string[]) => {
          await isEnforced(keyword, of)(codes)
          const older = exclusive[keyword]
          if (older !== undefined) await isEnforced(keyword, older)(codes)
        },
        documented: isShown(keyword === '$dynamicRef' ? '$ref' : keyword, of),
      },
    ]),
  ),
  nullable: { enforced: admitsNull },
  readOnly: { enforced: refusesReadOnly, documented: isShown('readOnly', one({ readOnly: true }, 1, 1)) },
  writeOnly: {
    enforced: withholds('writeOnly', marked('writeOnly', true)),
    documented: documents(
      { document: taking(marked('writeOnly', true)), at: `${at.body}/schema/properties/id/writeOnly` },
      '"writeOnly":true',
    ),
  },
  format: {
    enforced: isEnforced('format', one({ format: 'date' }, '2024-02-29', '2023-02-29', { versions: both })),
    documented: isShown('format', one({ format: 'date' }, 1, 1)),
  },
  $id: { used: leads({ $ref: 'https://ids.example/short' }, { $id: 'https://ids.example/short', ...Short }, '$id') },
  $anchor: { used: leads({ $ref: '#short' }, { $anchor: 'short', ...Short }, '$anchor') },
  $dynamicAnchor: {
    used: leads({ $dynamicRef: '#short' }, { $dynamicAnchor: 'short', ...Short }, '$dynamicAnchor'),
  },
  $defs: { used: leads({ $ref: '#/components/schemas/It/$defs/Short' }, { $defs: { Short } }, '$defs') },
  definitions: {
    used: leads({ $ref: '#/components/schemas/It/definitions/Short' }, { definitions: { Short } }, 'definitions'),
  },
  $schema: {
    refused: understands('https://json-schema.org/draft/2020-12/schema', 'http://json-schema.org/draft-07/schema#'),
  },
  $comment: { ignored: saysNothing('$comment', 'For authors') },
  $vocabulary: { ignored: saysNothing('$vocabulary', { 'https://json-schema.org/draft/2020-12/vocab/core': true }) },
  $recursiveAnchor: { ignored: saysNothing('$recursiveAnchor', true) },
  $recursiveRef: { ignored: saysNothing('$recursiveRef', '#') },
  dependencies: { ignored: saysNothing('dependencies', { a: ['b'] }) },
  id: { ignored: saysNothing('id', 'short') },
  summary: { ignored: saysNothing('summary', 'A summary') },
}
