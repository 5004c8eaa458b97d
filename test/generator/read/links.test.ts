import { describe, expect, test } from '@jest/globals'
import { linksIn, withLinks } from '../../../generator/read/links.ts'
import { Diagnostics } from '../../../generator/support/index.ts'

const linksOf = (text: string): readonly (readonly [string, string])[] | undefined =>
  linksIn(text, 'it', new Diagnostics())?.links.map(({ pointer, reference }) => [pointer, reference] as const)

describe('references to other files', () => {
  test('are found wherever OpenAPI has them, and not in examples, extensions and the file itself', () => {
    const text = `
paths:
  /a: { $ref: a.yaml }
  /b:
    get:
      x-code: { $ref: code.md }
      responses:
        '200': { content: { application/json: { schema: { $ref: '#/x' }, example: { $ref: no.yaml } } } }
        '404': { $ref: 'https://specs.example/errors.json#/NotFound' }
components:
  schemas:
    Pet: { discriminator: { propertyName: kind, mapping: { cat: cat.yaml#/Cat, dog: Dog } } }
`
    expect(linksOf(text)).toEqual([
      ['/paths/~1a/$ref', 'a.yaml'],
      ['/paths/~1b/get/responses/404/$ref', 'https://specs.example/errors.json#/NotFound'],
      ['/components/schemas/Pet/discriminator/mapping/cat', 'cat.yaml#/Cat'],
    ])
  })

  test('are found in JSON, whatever the file is called', () => {
    expect(linksOf('{"a": {"$ref": "b.json"}}')).toEqual([['/a/$ref', 'b.json']])
  })

  test('of a text that is not valid are reported', () => {
    const diagnostics = new Diagnostics()
    expect(linksIn('a: [', 'https://orders.example/openapi.yaml', diagnostics)).toBeNull()
    expect(diagnostics.all.map(({ code, origin }) => [code, origin?.file])).toEqual([
      ['GW1102', 'https://orders.example/openapi.yaml'],
    ])
  })
})

describe('other references', () => {
  test.each([
    ["a: { $ref: 'x.yaml#/A' } # it\nb: 1\n", 'a: { $ref: "y.yaml" } # it\nb: 1\n'],
    ['a:\n  $ref: x.yaml # it\nb: 1\n', 'a:\n  $ref: "y.yaml" # it\nb: 1\n'],
    ['{"a": {"$ref": "x.yaml"}, "b": 1}', '{"a": {"$ref": "y.yaml"}, "b": 1}'],
    ['a:\n  $ref: >-\n    x.yaml\nb: 1\n', 'a:\n  $ref: "y.yaml"\nb: 1\n'],
  ])('are written into %j, and nothing else changes', (text, changed) => {
    expect(withLinks(text, new Map([['/a/$ref', 'y.yaml']]))).toBe(changed)
  })

  test('are written at several places, and through an alias once', () => {
    const text = 'a: &one { $ref: x.yaml }\nb: *one\nc: { $ref: z.yaml }\n'
    const references = new Map([
      ['/a/$ref', 'y.yaml'],
      ['/b/$ref', 'y.yaml'],
      ['/c/$ref', 'w.yaml'],
    ])
    expect(withLinks(text, references)).toBe('a: &one { $ref: "y.yaml" }\nb: *one\nc: { $ref: "w.yaml" }\n')
  })
})
