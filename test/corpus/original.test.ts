import { afterAll, describe, expect, test } from '@jest/globals'
import { folderWith } from '../generator/commands/console.ts'
import { createOriginals } from './original.ts'

// References of documents that a reader without the generator must follow too.

const limit = { name: 'limit', in: 'query', schema: { type: 'integer' } }
const trace = { name: 'X-Trace', in: 'header', schema: { type: 'string' } }
const responses = { 200: { description: 'It.' } }

const folder = folderWith({
  'api.json': JSON.stringify({
    openapi: '3.1.0',
    paths: {
      '/plain': { parameters: [trace], get: { parameters: [limit], responses } },
      '/by-index': { get: { parameters: [{ $ref: '#/paths/~1plain/get/parameters/0' }], responses } },
      '/by-index-of-item': { get: { parameters: [{ $ref: '#/paths/~1plain/parameters/0' }], responses } },
      '/by-name': { get: { parameters: [{ $ref: '#/components/parameters/limit' }], responses } },
      '/through-references': {
        get: { parameters: [{ $ref: '#/components/pathItems/Plain/get/parameters/0' }], responses },
      },
      '/operation': { get: { $ref: '#/components/operations/list' }, post: { $ref: 'parts/make.json' } },
      '/item': { $ref: '#/components/pathItems/Plain' },
      '/item-of-file': { $ref: 'parts/item.json#/items/0' },
      '/item-with-more': { $ref: '#/components/pathItems/Plain', parameters: [limit], post: { responses } },
      '/escaped~1{id}': { get: { $ref: 'parts/item.json#/a~1b~0c/x%20y' } },
      '/dangling': { get: { parameters: [{ $ref: '#/paths/~1plain/get/parameters/7' }] } },
    },
    components: {
      parameters: { limit: { $ref: '#/components/parameters/most' }, most: limit },
      pathItems: { Plain: { $ref: '#/paths/~1plain' } },
      operations: { list: { parameters: [limit, trace], responses } },
    },
  }),
  'parts/make.json': JSON.stringify({ requestBody: { $ref: 'item.json#/bodies/0' }, responses }),
  'parts/item.json': JSON.stringify({
    items: [{ parameters: [{ $ref: '#/parameters/0' }], get: { $ref: 'make.json' } }],
    parameters: [trace],
    bodies: [{ required: true, content: { 'application/json': { $ref: '#/media' } } }],
    media: { encoding: { a: { style: 'pipeDelimited' } } },
    'a/b~c': { 'x y': { parameters: [limit], responses } },
  }),
})
afterAll(() => folder.remove())

const originals = createOriginals()
const read = (reference: string) => originals.operation(`${folder.path}/api.json`, reference).operation
const inputs = (reference: string): readonly string[] => {
  const { query, header, body } = read(reference)
  return [...Object.keys(query), ...Object.keys(header), ...(body === null ? [] : [`body ${body.required}`])]
}

describe('an operation as its own document describes it', () => {
  test.each([
    ['GET /plain', ['limit', 'X-Trace']],
    ['GET /by-index', ['limit']],
    ['GET /by-index-of-item', ['X-Trace']],
    ['GET /by-name', ['limit']],
    ['GET /through-references', ['limit']],
    ['GET /operation', ['limit', 'X-Trace']],
    ['POST /operation', ['body true']],
    ['GET /item', ['limit', 'X-Trace']],
    ['GET /item-of-file', ['X-Trace', 'body true']],
    ['GET /item-with-more', ['limit']],
    ['POST /item-with-more', ['limit']],
    ['GET /escaped~1{id}', ['limit']],
  ])('%s', (reference, want) => {
    expect(inputs(reference)).toEqual(want)
  })

  test('the encoding of a media type that is a reference', () => {
    expect(read('POST /operation').body?.content['application/json']?.encoding['a']?.style).toBe('pipeDelimited')
  })

  test.each([
    ['GET /dangling', 'leads nowhere'],
    ['PUT /plain', 'has no PUT /plain'],
    ['GET /nowhere', 'has no GET /nowhere'],
  ])('%s is refused', (reference, message) => {
    expect(() => read(reference)).toThrow(message)
  })
})
