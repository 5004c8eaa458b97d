import { describe, expect, test } from '@jest/globals'
import type { AnswerPolicy, AnswerSchemas, OperationSchemas, Schema } from '../../templates/runtime/vocabulary.ts'
import { answerText, startBetween } from '../support/between.ts'
import { some } from '../support/gatewayParts.ts'

// HEAD lacked `Content-Type`, `Content-Length` and `Accept-Ranges` although the service sent them (RFC 9110 section 9.3.2).

const order: Schema = { type: 'object', properties: { id: { type: 'integer' } } }
const documented = (content: Record<string, Schema>): AnswerSchemas => ({
  content: Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema, encoding: {} }])),
  headers: ['x-total'],
})
const operation = (answers: Record<string, AnswerSchemas>): OperationSchemas => some.operation({ answers })
const csv = operation({ 200: documented({ 'text/csv': {} }) })
const json = operation({ 200: documented({ 'application/json': order }) })
const nothing = operation({ 200: documented({}) })

const bytes = ['Accept-Ranges: bytes', 'Content-Encoding: gzip', 'Repr-Digest: sha-256=:AA==:']
const about = ['content-type', 'content-length', 'accept-ranges', 'content-encoding', 'etag', 'x-total']

/** The fields about the content of `method`. A HEAD operation of the service's own is answered without body. */
async function fieldsOf(
  method: string,
  operations: Record<string, OperationSchemas>,
  fields: readonly string[],
  body = '{"id":1,"x":2}',
  policy: Partial<AnswerPolicy> = {},
) {
  const between = await startBetween(
    (head) => {
      const text = answerText(200, ['X-Total: 7', ...fields], body)
      return head.startsWith('HEAD') ? text.slice(0, text.length - body.length) : text
    },
    { operations, policy },
  )
  const answer = await between.ask(`${method} /orders HTTP/1.1`, ['Accept-Encoding: gzip'])
  await between.close()
  const found = about.flatMap((name) => (answer.header(name) === undefined ? [] : [[name, answer.header(name)]]))
  return { status: answer.status, fields: Object.fromEntries(found) as Record<string, string> }
}

describe('HEAD of a route of GET (rule R5)', () => {
  test.each<[string, OperationSchemas, string[], string | undefined]>([
    ['a body that passes', csv, ['Content-Type: text/csv', 'ETag: "1"', ...bytes], 'a,b'],
    [
      'JSON without a schema',
      operation({ 200: documented({ 'application/json': {} }) }),
      ['Content-Type: application/json', ...bytes],
      undefined,
    ],
    ['a body that is withheld', nothing, ['Content-Type: text/html', ...bytes], undefined],
  ])('has the fields of GET: %s', async (_, of, fields, body) => {
    const get = await fieldsOf('GET', { 'GET /orders': of }, fields, body)
    const head = await fieldsOf('HEAD', { 'GET /orders': of }, fields, body)
    expect(head).toEqual(get)
    expect(head.fields['content-length']).toBeDefined()
  })

  test('has no field about the bytes of a body that is projected', async () => {
    const sent = ['Content-Type: application/json', 'ETag: "1"', ...bytes.slice(0, 1)]
    const get = await fieldsOf('GET', { 'GET /orders': json }, sent)
    const head = await fieldsOf('HEAD', { 'GET /orders': json }, [...sent, ...bytes.slice(1)])
    const { 'content-length': length, ...fields } = get.fields
    expect([length, head.fields]).toEqual(['8', fields])
    expect(Object.keys(head.fields)).toEqual(['content-type', 'etag', 'x-total'])
  })

  test.each(['report', 'enforce'] as const)('has the length of a body that is checked only: %s', async (check) => {
    const sent = ['Content-Type: application/json', 'ETag: "1"']
    const policy = { check, undeclared: 'pass' } as const
    const get = await fieldsOf('GET', { 'GET /orders': json }, sent, undefined, policy)
    const head = await fieldsOf('HEAD', { 'GET /orders': json }, sent, undefined, policy)
    expect(head).toEqual(get)
    expect(head.fields['content-length']).toBe('14')
    const encoded = [...sent, 'Content-Encoding: gzip']
    const other = await fieldsOf('HEAD', { 'GET /orders': json }, encoded, undefined, policy)
    expect(other.fields['content-length']).toBeUndefined()
  })

  test('is not about a range', async () => {
    const between = await startBetween(
      (head) =>
        /^range:/im.test(head)
          ? answerText(206, ['Content-Type: text/csv', 'Content-Range: bytes 0-0/3'], 'a')
          : answerText(200, ['Content-Type: text/csv', 'Accept-Ranges: bytes'], 'a,b'),
      { operations: { 'GET /orders': csv } },
    )
    const get = await between.ask('GET /orders HTTP/1.1', ['Range: bytes=0-0'])
    const head = await between.ask('HEAD /orders HTTP/1.1', ['Range: bytes=0-0', 'If-Range: "1"'])
    await between.close()
    expect([get.status, get.header('content-range')]).toEqual([206, 'bytes 0-0/3'])
    expect([head.status, head.header('content-length'), head.header('content-range')]).toEqual([200, '3', undefined])
  })

  test('is refused where GET would be', async () => {
    expect((await fieldsOf('HEAD', { 'GET /orders': csv }, ['Content-Type: text/html'])).status).toBe(502)
  })
})

describe('a documented operation HEAD', () => {
  const sent = ['Content-Type: application/json', 'ETag: "1"', ...bytes]

  test('has all fields where the client has no GET', async () => {
    const { fields } = await fieldsOf('HEAD', { 'HEAD /orders': nothing }, sent)
    expect(fields).toEqual({
      'content-type': 'application/json',
      'content-length': '14',
      'accept-ranges': 'bytes',
      'content-encoding': 'gzip',
      etag: '"1"',
      'x-total': '7',
    })
  })

  test('describes what GET of the same path sends', async () => {
    const get = await fieldsOf('GET', { 'GET /orders': json }, sent.slice(0, 3))
    const { fields } = await fieldsOf('HEAD', { 'HEAD /orders': nothing, 'GET /orders': json }, sent)
    expect(fields).toEqual({ 'content-type': 'application/json', etag: get.fields['etag'], 'x-total': '7' })
  })

  test('has the fields of a GET that passes', async () => {
    const { fields } = await fieldsOf('HEAD', { 'HEAD /orders': nothing, 'GET /orders': csv }, [
      'Content-Type: text/csv',
      ...bytes,
    ])
    expect(Object.keys(fields)).toEqual([
      'content-type',
      'content-length',
      'accept-ranges',
      'content-encoding',
      'x-total',
    ])
  })
})

test('HEAD of an event stream is not stored either', async () => {
  const between = await startBetween(() => answerText(200, ['Content-Type: text/event-stream'], 'data: 1\n\n'), {
    operations: { 'GET /orders': operation({ 200: documented({ 'text/event-stream': {} }) }) },
  })
  const answer = await between.ask('HEAD /orders HTTP/1.1')
  await between.close()
  expect([answer.header('content-type'), answer.header('cache-control')]).toEqual(['text/event-stream', 'no-store'])
})
