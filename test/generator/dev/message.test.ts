import { describe, expect, test } from '@jest/globals'
import { type RequestValues, writeMessage } from '../../../generator/dev/message.ts'
import type { EncodingSchema, OperationSchemas, ParameterSchema } from '../../../templates/runtime/vocabulary.ts'

const none: RequestValues = { path: {}, query: {}, header: {}, cookie: {}, body: undefined }
const route = { method: 'GET', path: '/x/{p}' } as const

function parameter(style: ParameterSchema['style'], explode = false): ParameterSchema {
  return { required: true, style, explode, allowReserved: false, schema: true }
}

function operation(more: Partial<OperationSchemas>): OperationSchemas {
  return { path: {}, query: {}, header: {}, cookie: {}, body: null, answers: {}, ...more }
}

const list = ['a', 'b c', 'd,e']
const object = { R: 100, 'G/H': 200 }

describe('RFC 6570 as OpenAPI uses it', () => {
  test.each<[ParameterSchema, unknown, string]>([
    [parameter('simple'), 'a/b ü', '/x/a%2Fb%20%C3%BC'],
    [parameter('simple'), list, '/x/a,b%20c,d%2Ce'],
    [parameter('simple'), object, '/x/R,100,G%2FH,200'],
    [parameter('simple', true), object, '/x/R=100,G%2FH=200'],
    [parameter('label', true), list, '/x/.a.b%20c.d%2Ce'],
    [parameter('matrix'), list, '/x/;p=a,b%20c,d%2Ce'],
    [parameter('matrix', true), object, '/x/;R=100;G%2FH=200'],
    [parameter(null), { a: [1] }, '/x/%7B%22a%22%3A%5B1%5D%7D'],
  ])('in the path %#', (of, value, target) => {
    expect(writeMessage(route, operation({ path: { p: of } }), { ...none, path: { p: value } }, null).target).toBe(
      target,
    )
  })

  test.each<[ParameterSchema, unknown, string]>([
    [parameter('form', true), list, 'q%5B=a&q%5B=b%20c&q%5B=d%2Ce'],
    [parameter('form'), list, 'q%5B=a,b%20c,d%2Ce'],
    [parameter('form', true), object, 'R=100&G%2FH=200'],
    [parameter('spaceDelimited'), ['a', 'b'], 'q%5B=a%20b'],
    [parameter('pipeDelimited'), ['a', 'b'], 'q%5B=a%7Cb'],
    [
      parameter('deepObject', true),
      { a: { b: [1, { c: 2 }] } },
      'q%5B%5Ba%5D%5Bb%5D%5B0%5D=1&q%5B%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=2',
    ],
    [parameter(null), { a: 1 }, 'q%5B=%7B%22a%22%3A1%7D'],
  ])('in the query %#', (of, value, query) => {
    const { target } = writeMessage(
      { method: 'GET', path: '/x' },
      operation({ query: { 'q[': of } }),
      { ...none, query: { 'q[': value } },
      null,
    )
    expect(target).toBe(`/x?${query}`)
  })

  test('in headers and cookies', () => {
    const of = operation({ header: { 'X-Ids': parameter('simple') }, cookie: { s: parameter('form') } })
    const { headers } = writeMessage(
      route,
      of,
      { ...none, header: { 'X-Ids': ['a', 'b'] }, cookie: { s: 'a b' } },
      null,
    )
    expect(headers).toEqual({ 'x-ids': 'a,b', cookie: 's=a%20b' })
  })
})

describe('bodies', () => {
  const written = (type: string, value: unknown, encoding: Readonly<Record<string, EncodingSchema>> = {}) => {
    const body = { required: true, content: { [type]: { schema: true, encoding } } }
    const message = writeMessage(route, operation({ body }), { ...none, body: value }, type)
    return [message.headers['content-type'], message.body?.toString()]
  }
  const deep: EncodingSchema = { style: 'deepObject', explode: true, allowReserved: false, contentType: [] }
  const form = 'application/x-www-form-urlencoded'

  test.each<[string, unknown, Readonly<Record<string, EncodingSchema>>, string, string]>([
    ['application/json; charset=utf-8', { a: 1 }, {}, 'application/json; charset=utf-8', '{"a":1}'],
    ['*/*', [1], {}, 'application/json', '[1]'],
    ['text/plain', 'hi', {}, 'text/plain', 'hi'],
    ['image/*', 'bytes', {}, 'image/png', 'bytes'],
    [form, { a: [1, 2], o: { b: 1 } }, {}, form, 'a=1&a=2&o=%7B%22b%22%3A1%7D'],
    [form, { l: [{ b: 1 }] }, {}, form, 'l=%7B%22b%22%3A1%7D'],
    [form, { o: { b: [1] } }, { o: deep }, form, 'o%5Bb%5D%5B0%5D=1'],
  ])('%s %j', (type, value, encoding, contentType, text) => {
    expect(written(type, value, encoding)).toEqual([contentType, text])
  })

  test('parts have a Content-Type if the contract documents one, or if they are JSON', () => {
    const png: EncodingSchema = { style: null, explode: true, allowReserved: false, contentType: ['image/*'] }
    const [, text = ''] = written('multipart/form-data', { file: 'x', meta: { a: 1 }, note: 'n' }, { file: png })
    expect(text.match(/content-type: .*|name=".*"/g)).toEqual([
      'name="file"',
      'content-type: image/png',
      'name="meta"',
      'content-type: application/json',
      'name="note"',
    ])
  })
})
