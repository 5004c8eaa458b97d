import { describe, expect, test } from '@jest/globals'
import { declarations } from '../../../generator/emit/declarations.ts'
import { printer } from '../../../generator/emit/printer.ts'
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

  describe('of a document with many paths and schemas', () => {
    const numbers = Array.from({ length: 7 }, (_, index) => index)
    const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })
    const schemas: JsonObject = Object.fromEntries(
      numbers.flatMap((at): [string, JsonObject][] => [
        [`Plain${at}`, { type: 'object', properties: { 'a%': { type: 'string', description: 'A text.' } } }],
        [`Heir${at}`, { allOf: [reference('Base')], required: ['kind'] }],
        [`Loop${at}`, { anyOf: [{ type: 'string' }, { type: 'array', items: reference(`Loop${(at + 1) % 7}`) }] }],
      ]),
    )
    const mapping = Object.fromEntries(numbers.map((at) => [`h${at}`, `#/components/schemas/Heir${at}`]))
    const base = {
      type: 'object',
      properties: { kind: { type: 'string' } },
      discriminator: { propertyName: 'kind', mapping },
    }
    const answer = (at: number): JsonObject => ({
      oneOf: [reference('Heir0'), reference('Heir1')],
      ...(at % 2 === 0 ? { discriminator: { propertyName: 'kind', mapping } } : {}),
    })
    const paths: JsonObject = Object.fromEntries(
      numbers.map((at) => [
        `/p${at}%`,
        {
          get: {
            operationId: `op${at}`,
            summary: 'Gets it.',
            responses: { 200: { description: 'OK', content: { 'application/json': { schema: answer(at) } } } },
          },
        },
      ]),
    )
    const document = { ...withSchemas({ Base: base, ...schemas }), paths }
    const whole = declarations(document, new Set(), 1000)

    test.each([1, 2, 5, 50])('in portions of %d they are the same as at once', (portion) => {
      expect(declarations(document, new Set(), portion)).toBe(whole)
    })

    test('every path, operation and schema is declared', () => {
      for (const at of numbers)
        for (const name of [`"/p${at}%": {`, `op${at}: {`, `Plain${at}: {`]) expect(whole).toContain(name)
    })

    test('no more nodes than those of a portion are made at a time', () => {
      const sizes: number[] = []
      const original = printer.transformSchema
      printer.transformSchema = (part, context) => {
        sizes.push(Object.keys(part.paths ?? {}).length + Object.keys(part.components?.schemas ?? {}).length)
        return original(part, context)
      }
      try {
        declarations(document, new Set(), 3)
      } finally {
        printer.transformSchema = original
      }
      expect(Math.max(...sizes)).toBe(3)
    })
  })
})
