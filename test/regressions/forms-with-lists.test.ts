import { describe, expect, test } from '@jest/globals'
import { urlencodedReader } from '../../templates/runtime/bodies/urlencoded.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import type { Schema } from '../../templates/runtime/vocabulary.ts'

// Forms of these kinds were refused: the petstore's `tags`, a list of objects; Twilio's `UseCaseCategories`, a list
// that may be null; and Box's `grant_type`, which is required but not declared.

const contract = compileSchemas({ operations: {}, schemas: {}, linear: [] })

function read(schema: Schema, form: string): string {
  const media = { essence: 'application/x-www-form-urlencoded', parameters: new Map() }
  const content = urlencodedReader({ schema, encoding: {} }, contract, { bound: [], undeclared: 'pass' })(
    Buffer.from(form),
    media,
    [],
  )
  return content.kind === 'content'
    ? content.bytes.toString()
    : content.faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join()
}

describe('a list of objects, each of them JSON text', () => {
  const items: Schema = { type: 'object', properties: { id: { type: 'integer' } } }
  const tagged: Schema = { type: 'object', properties: { tags: { type: 'array', items } } }

  test.each([
    ['tags={"id":1}', 'tags=%7B%22id%22%3A1%7D'],
    ['tags=%7B%22id%22%3A1%7D&tags=%7B%22id%22%3A2%7D', 'tags=%7B%22id%22%3A1%7D&tags=%7B%22id%22%3A2%7D'],
    ['tags[0][id]=1', 'tags%5B0%5D%5Bid%5D=1'],
    ['tags={"id":"x"}', '/tags/0/id must be an integer'],
    ['tags={"id":1}&tags={', '/tags must be JSON'],
  ])('%s is read as %s', (form, expected) => {
    expect(read(tagged, form)).toBe(expected)
  })
})

describe('a list that may be null', () => {
  const kinds: Schema = { type: ['array', 'null'], items: { type: 'string', enum: ['a', 'b'] } }
  const sorted: Schema = { type: 'object', properties: { kinds } }

  test.each([
    ['kinds=a', 'kinds=a'],
    ['kinds=a&kinds=b', 'kinds=a&kinds=b'],
    ['kinds=null', 'kinds=null'],
    ['kinds=', 'kinds='],
    ['kinds=x', '/kinds/0 must be a or b'],
  ])('%s is read as %s', (form, expected) => {
    expect(read(sorted, form)).toBe(expected)
  })
})

test('a member that is required but not declared is accepted', () => {
  const schema: Schema = { type: 'object', properties: { token: { type: 'string' } }, required: ['grant_type'] }
  expect(read(schema, 'grant_type=x&token=y')).toBe('token=y&grant_type=x')
  expect(read(schema, 'token=y')).toBe('/grant_type is required')
  expect(read(schema, 'grant_type=x&other=y')).toBe('/other is not allowed here')
})
