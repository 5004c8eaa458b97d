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
  return typeof output === 'string' ? Buffer.from(output, 'latin1').toString() : (output?.toString() ?? null)
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
  ]
  test.each(kept)('leaves out $of', ({ given, want }) => {
    expect(scan(given)).toBe(want)
  })

  test('returns ASCII as text, and other bytes unchanged if nothing is left out', () => {
    const text = '{"id":"a","total":10.0}'
    expect(contract.scanner(order, true)(Buffer.from(text))).toBe(text)
    const bytes = Buffer.from('{"id":"a","note":"ä"}')
    expect(contract.scanner(order, true)(bytes)).toBe(bytes)
  })

  const left = [
    { what: 'a member that is missing', given: '{"total":1}' },
    { what: 'a value that does not fit', given: '{"id":"A"}' },
    { what: 'a value of another type', given: '{"id":1}' },
    { what: 'an undeclared member of a closed object', given: '{"id":"a","closed":{"x":1}}' },
    { what: 'too many items', given: '{"id":"a","lines":[{},{},{}]}' },
    { what: 'a declared member that comes twice', given: '{"id":"a","id":"b"}' },
    { what: 'an escape', given: '{"id":"a","x":"\\n"}' },
    { what: 'white space', given: '{"id": "a"}' },
    { what: 'a line break in a string', given: '{"id":"a","x":"\n"}' },
    { what: 'a number with many digits', given: '{"id":"a","total":9007199254740993}' },
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
