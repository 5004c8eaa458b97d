import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createSampler } from '../../../../generator/dev/sampler.ts'
import { type JsonValue, parseAnswer, stringifyJson } from '../../../../templates/runtime/json/index.ts'
import { compileSchemas } from '../../../../templates/runtime/schema/index.ts'
import type { Schema } from '../../../../templates/runtime/vocabulary.ts'
import { anyValue, oneStepFrom, schemaArbitrary } from '../arbitraries.ts'

const text = { type: 'string' }

const schemas: Readonly<Record<string, Schema>> = {
  Order: {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', pattern: '^[a-z]*$' },
      status: { enum: ['open', 'paid'] },
      total: { type: 'integer', minimum: 0 },
      note: { type: ['string', 'null'], maxLength: 3, minLength: 1 },
      open: { type: 'boolean' },
      lines: { type: 'array', maxItems: 2, items: { $ref: '#/schemas/Line' } },
      parent: { $ref: '#/schemas/Order' },
      free: {},
      either: { oneOf: [{ $ref: '#/schemas/Line' }, { type: 'number' }] },
      closed: { type: 'object', properties: { a: text }, additionalProperties: false },
      map: { type: 'object', additionalProperties: { $ref: '#/schemas/Line' } },
      secret: { type: 'object', properties: { key: { type: 'string', writeOnly: true }, a: text } },
    },
  },
  Line: { type: 'object', properties: { sku: text, price: { type: 'number' } } },
  tree: { type: 'object', properties: { label: text, children: { type: 'array', items: { $ref: '#/schemas/tree' } } } },
  short: { type: 'string', maxLength: 3 },
}

const contract = compileSchemas({ operations: {}, schemas, linear: [] })
const sampler = createSampler({ operations: {}, schemas, linear: [] })
const order: Schema = { $ref: '#/schemas/Order' }

function scan(json: string, schema = order, checked = true): string | null {
  const output = contract.scanner(schema, checked)(Buffer.from(json))
  // A text is sent as one byte for each character.
  return typeof output === 'string' ? Buffer.from(output, 'latin1').toString() : null
}

/** The result of parsing, checking and projecting a text; `null`: it does not fit. */
function parse(json: string, checked: boolean, schema = order): string | null {
  const read = parseAnswer(Buffer.from(json))
  if (read.kind === 'fault') return null
  if (checked && !contract.checker(schema, 'response').fits(read.value)) return null
  const value = contract.projector(schema)(read.value)
  return value === undefined ? null : stringifyJson(value, read.exact)
}

/** The schema with some of its parts marked `writeOnly`, selected by the seed. */
function marked(schema: Schema, seed: number): Schema {
  let state = seed
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit)
    if (typeof node !== 'object' || node === null) return node
    const inner = Object.fromEntries(
      Object.entries(node).map(([key, of]) => [key, key === 'enum' || key === 'const' ? of : visit(of)]),
    )
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    const isSchema = Object.keys(inner).some((key) => key === 'type' || key === '$ref' || key === 'properties')
    return isSchema && state % 7 === 0 ? { ...inner, writeOnly: true } : inner
  }
  return visit(schema) as Schema
}

const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    12,
    'open',
    'paid',
    'abc',
    '',
    'abcd',
    'ä',
    '😀😀',
    '"',
    '\n',
  ),
  fc.constantFrom('9007199254740993', '1e400', '1.0', '01', '-', '.5', 'tru', '[', '{}', '[]').map((raw) => ({ raw })),
)
const names = ['id', 'status', 'total', 'note', 'open', 'lines', 'parent', 'free', 'either', 'closed', 'map', 'secret']
const name = fc.constantFrom(...names, 'sku', 'price', 'key', 'a', 'undeclared', '__proto__', 'constructor', 'é')

/** Texts of values. Members may occur twice, and parts may not be JSON. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    scalar.map((value) =>
      typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : JSON.stringify(value),
    ),
    fc.array(tie('json'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
    fc
      .array(fc.tuple(name, tie('json')), { maxLength: 6 })
      .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`),
  ),
}))

/** Mostly valid orders, with parts of everything else. */
const likely = fc.record(
  {
    id: fc.constantFrom('"x"', '"abc"'),
    status: fc.constantFrom('"open"', '"paid"'),
    total: fc.constantFrom('0', '12', '1.0'),
    note: fc.constantFrom('null', '"a"', '"abc"', '"ä"', '"😀😀"'),
    lines: fc.constantFrom('[]', '[{"sku":"1","cost":2}]', '[{"cost":{"x":[1]}},{"price":0.5}]'),
    parent: fc.constantFrom('{"id":"y","x":1}', '{"x":1,"y":2,"id":"z"}'),
    free: json,
    either: fc.constantFrom('1', '{"sku":"1","x":2}'),
    map: fc.constantFrom('{}', '{"k":{"x":1,"sku":"2"}}'),
    secret: fc.constantFrom('{}', '{"key":"k","a":"b"}'),
    undeclared: json,
  },
  { requiredKeys: ['id'] },
)
const orderText = fc
  .tuple(likely, fc.func(fc.nat()))
  .map(([members, rank]) =>
    Object.entries(members)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([key, value]) => `"${key}":${value}`),
  )
  .map((members) => `{${members.join()}}`)

describe('the scanner', () => {
  test.each([true, false])(
    'gives the same result as parsing, checking and projecting, or none (rule O2, checked: %s)',
    (checked) => {
      fc.assert(
        fc.property(fc.oneof(json, orderText), (given) => {
          const scanned = scan(given, order, checked)
          if (scanned === null) return
          const expected = parse(given, checked)
          expect(expected).not.toBeNull()
          expect(JSON.parse(scanned)).toEqual(JSON.parse(expected ?? ''))
        }),
        { numRuns: 3_000 },
      )
    },
  )

  test('gives no other result for any schema than parsing, checking and projecting (rule O2)', () => {
    let said = 0
    const values = fc.array(anyValue, { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(schemaArbitrary, values, fc.nat(), fc.boolean(), (plain, values, seed, checked) => {
        const schema = marked({ type: 'object', properties: { a: plain, b: { type: 'array', items: plain } } }, seed)
        const fitting = [0, 1].map((variant) => sampler.value(schema, 'response', [], variant).value as JsonValue)
        const more = [...fitting, ...fitting.map((value) => oneStepFrom(value, seed))]
        for (const value of [...more, ...values.map((value) => ({ c: value, a: value, b: [value, value] }))]) {
          const given = JSON.stringify(value)
          const scanned = scan(given, schema, checked)
          if (scanned === null) continue
          said += 1
          const expected = parse(given, checked, schema)
          expect([given, schema, expected === null]).toEqual([given, schema, false])
          expect([schema, JSON.parse(scanned)]).toEqual([schema, JSON.parse(expected ?? '')])
        }
      }),
      { numRuns: 1_500 },
    )
    // The comparison would be meaningless if the scanner left everything to the parser.
    expect(said).toBeGreaterThan(2_000)
  })

  const kept = [
    { of: 'nothing to leave out', given: '{"id":"a","total":1}', want: '{"id":"a","total":1}' },
    { of: 'the first member', given: '{"x":1,"id":"a"}', want: '{"id":"a"}' },
    { of: 'the first members', given: '{"x":1,"y":[{}],"id":"a"}', want: '{"id":"a"}' },
    { of: 'the last member', given: '{"id":"a","x":"}"}', want: '{"id":"a"}' },
    { of: 'members in between', given: '{"id":"a","x":1,"y":2,"total":1}', want: '{"id":"a","total":1}' },
    { of: 'all of a part', given: '{"id":"a","lines":[{"x":1,"y":2}]}', want: '{"id":"a","lines":[{}]}' },
    { of: 'of a part the parser reads', given: '{"id":"a","either":{"x":1}}', want: '{"id":"a","either":{}}' },
    { of: 'what is only for requests', given: '{"id":"a","secret":{"key":"k"}}', want: '{"id":"a","secret":{}}' },
    { of: 'a prototype', given: '{"__proto__":{"id":"b"},"id":"a"}', want: '{"id":"a"}' },
    { of: 'beyond ASCII', given: '{"é":"ä","id":"a","note":"😀"}', want: '{"id":"a","note":"😀"}' },
    {
      of: 'nothing of a text with spaces',
      given: ' { "id" : "a" ,\n"total": 1 }\n',
      want: ' { "id" : "a" ,\n"total": 1 }\n',
    },
    { of: 'the first member of a text with spaces', given: '{ "x" : 1 , "id" : "a" }', want: '{  "id" : "a" }' },
    { of: 'the last members of a text with spaces', given: '{ "id": "a", "x": [ ], "y": { } }', want: '{ "id": "a" }' },
    { of: 'a member with escapes', given: '{"x":"\\n\\"}\\ud83d","id":"a"}', want: '{"id":"a"}' },
    { of: 'no escape', given: '{"id":"\\u0061","note":"\\n"}', want: '{"id":"\\u0061","note":"\\n"}' },
    { of: 'no member with an escaped name', given: '{"\\u0069d":"a","\\u0078":1}', want: '{"\\u0069d":"a"}' },
    { of: 'an escaped prototype', given: '{"\\u005f_proto__":{"id":"b"},"id":"a"}', want: '{"id":"a"}' },
    {
      of: 'no digit of a number',
      given: '{"id":"a","total":9007199254740993}',
      want: '{"id":"a","total":9007199254740993}',
    },
    {
      of: 'no digit of a part the parser reads',
      given: '{"id":"a","free":[1e400,"é"]}',
      want: '{"id":"a","free":[1e400,"é"]}',
    },
    { of: 'a byte order mark', given: '\ufeff{"id":"a"}', want: '{"id":"a"}' },
    {
      of: 'no characters that are few because they are escaped',
      given: '{"id":"a","note":"\\ud83d\\ude00ä"}',
      want: '{"id":"a","note":"\\ud83d\\ude00ä"}',
    },
  ]
  test.each(kept)('leaves out $of', ({ given, want }) => {
    expect(scan(given)).toBe(want)
  })

  test('returns text with one character for each byte', () => {
    const bytes = Buffer.from('{"id":"a","note":"ä"}')
    expect(contract.scanner(order, true)(bytes)).toBe(bytes.toString('latin1'))
  })

  const list: Schema = { type: ['array', 'null'], items: { anyOf: [{ type: 'null' }, order] } }
  const tree: Schema = { $ref: '#/schemas/tree' }
  const lists: Schema = {
    type: 'array',
    items: { type: ['array', 'null'], items: { type: ['array', 'null'], items: order } },
  }
  const long = [
    {
      of: 'a list',
      schema: list,
      given: ' [{"id":"a","x":1}, null,{"y":"é","id":"b"} ] ',
      want: '[{"id":"a"},null,{"id":"b"}]',
    },
    {
      of: 'lists in lists',
      schema: lists,
      given: '[null,[null,[{"id":"a","x":1}]],[[]],[[{"x":1,"id":"b"}],null]]',
      want: '[null,[null,[{"id":"a"}]],[[]],[[{"id":"b"}],null]]',
    },
    {
      of: 'lists in objects',
      schema: tree,
      given: '{"x":1,"children":[{"y":2,"children":[{},{"z":3}]},{"label":"é"}],"label":"a"}',
      want: '{"children":[{"children":[{},{}]},{"label":"é"}],"label":"a"}',
    },
  ]
  test.each(long)('scans $of in pieces', ({ schema, given, want }) => {
    let pieces = 1
    let result = contract.scanner(schema, true)(Buffer.from(given), 1)
    for (; typeof result === 'function'; pieces += 1) result = result()
    expect(pieces).toBeGreaterThan(3)
    expect(String(result).replaceAll(' ', '')).toBe(want)
  })

  const counted = [
    { of: 'too many', given: '[[1],[1,2,3]]', want: null },
    { of: 'too few', given: '[[1],[]]', want: null },
    { of: 'enough', given: '[[1,2],[1]]', want: '[[1,2],[1]]' },
  ]
  test.each(counted)('counts the items of all pieces: $of', ({ given, want }) => {
    const items: Schema = { type: 'array', minItems: 1, maxItems: 2, items: { type: 'integer' } }
    let result = contract.scanner({ type: 'array', minItems: 2, maxItems: 2, items }, true)(Buffer.from(given), 1)
    while (typeof result === 'function') result = result()
    expect(result === null ? null : String(result)).toBe(want)
  })

  const left = [
    { what: 'a member that is missing', given: '{"total":1}' },
    { what: 'a value that does not fit', given: '{"id":"A"}' },
    { what: 'a value of another type', given: '{"id":1}' },
    { what: 'an undeclared member of a closed object', given: '{"id":"a","closed":{"x":1}}' },
    { what: 'too many items', given: '{"id":"a","lines":[{},{},{}]}' },
    { what: 'a declared member that comes twice', given: '{"id":"a","id":"b"}' },
    { what: 'an unknown escape', given: '{"id":"a","x":"\\x"}' },
    { what: 'half an escape', given: '{"id":"a","note":"\\u12"}' },
    { what: 'an escape that does not fit', given: '{"id":"\\u0041"}' },
    { what: 'a declared member that comes twice in two spellings', given: '{"id":"a","\\u0069d":"b"}' },
    { what: 'too many escaped characters', given: '{"id":"a","note":"\\u0061\\u0061\\u0061\\u0061"}' },
    { what: 'a value of another type with an escaped name', given: '{"id":"a","closed":{"\\u0061":1}}' },
    { what: 'a space that JSON does not have', given: '{"id":\u00a0"a"}' },
    { what: 'a number that begins with zero', given: '{"id":"a","total":01}' },
    { what: 'a line break in a string', given: '{"id":"a","x":"\n"}' },
    { what: 'bytes that are no UTF-8', given: Buffer.from([0x7b, 0xff, 0x7d]) },
    { what: 'an end that is missing', given: '{"id":"a"' },
    { what: 'more after the end', given: '{"id":"a"}}' },
    { what: 'a comma too many', given: '{"id":"a",}' },
    { what: 'deep nesting', given: `${'{"id":"a","parent":'.repeat(150)}{"id":"a"}${'}'.repeat(150)}` },
  ]
  test.each(left)('leaves $what to the parser', ({ given }) => {
    expect(contract.scanner(order, true)(Buffer.from(given))).toBeNull()
  })
})
