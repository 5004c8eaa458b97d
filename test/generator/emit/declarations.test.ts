import { describe, expect, test } from '@jest/globals'
import { declarations } from '../../../generator/emit/declarations.ts'
import type { JsonObject } from '../../../generator/read/types.ts'

function withSchemas(schemas: JsonObject): JsonObject {
  return { openapi: '3.1.0', info: { title: 'a', version: '1' }, paths: {}, components: { schemas } }
}

describe('declarations', () => {
  const given: readonly [what: string, schema: JsonObject, want: RegExp][] = [
    ['a closed list of values as a union', { enum: ['a', 'b'] }, /A: "a" \| "b";/],
    ['an object without properties as open', { type: 'object' }, /A: Record<string, unknown>;/],
    ['a property with a default as optional', { type: 'object', properties: { x: { default: 1 } } }, /x\?: unknown;/],
    ['a null beside a type', { type: ['string', 'null'] }, /A: string \| null;/],
    ['a quoted property', { type: 'object', properties: { 'x-y"': {} } }, /"x-y\\""\?: unknown;/],
  ]
  for (const [what, schema, want] of given) {
    test(`prints ${what}`, () => {
      expect(declarations(withSchemas({ A: schema }))).toMatch(want)
    })
  }

  test('does not change the document', () => {
    const document = withSchemas({
      Pet: { type: 'object', properties: { kind: { type: 'string' } }, discriminator: { propertyName: 'kind' } },
      Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }], type: 'object' },
      Any: { oneOf: [{ $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: 'kind' } },
    })
    const before = structuredClone(document)
    declarations(document)
    expect(document).toEqual(before)
  })

  test('ignores an example that looks like a schema', () => {
    const example = { allOf: ['x'], discriminator: { propertyName: 'y' } }
    expect(declarations(withSchemas({ A: { type: 'string', example, examples: [example] } }))).toContain('A: string;')
  })

  test('keeps properties whose names are keywords for examples', () => {
    const schema = { type: 'object', properties: { example: { type: 'string' }, examples: { type: 'number' } } }
    expect(declarations(withSchemas({ A: schema }))).toMatch(/example\?: string;\s+examples\?: number;/)
  })

  test('is the same twice, whatever was printed before', () => {
    const document = withSchemas({
      A: { enum: ['a'] },
      B: { allOf: [{ $ref: '#/components/schemas/A' }], required: ['x'] },
    })
    const first = declarations(document)
    declarations(withSchemas({ Other: { enum: ['a', 'b'] } }))
    expect(declarations(document)).toBe(first)
  })
})
