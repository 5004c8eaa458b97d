import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../generator/read/types.ts'
import { asking, at, getting, giving, json, type Parts, posting } from '../documents.ts'
import { type Call, probing } from '../probe.ts'
import {
  documents,
  holdsAnswers,
  isIgnored,
  isRefused,
  type Proof,
  type Proofs,
  passesOn,
  refusesRequests,
} from '../proof.ts'
import { simulated } from '../simulated.ts'

const parameter = `${at.get}/parameters/0`
const get = (target: string, headers: Readonly<Record<string, string>> = {}): Call => ({
  method: 'GET',
  target,
  headers,
})
const text = { schema: { type: 'string', maxLength: 1 } }
const list = { type: 'array', items: { type: 'integer' } }

const notes = (
  keyword: string,
  value: JsonValue,
  wanted: string | readonly string[] = 'MARK',
  parts: Parts = {},
): Proof => documents({ document: asking({ ...text, [keyword]: value }, parts), at: `${parameter}/${keyword}` }, wanted)

const arrives = (members: JsonObject, sent: Call, want: object): Proof =>
  passesOn({ document: asking(members), call: sent }, want)

export const parameterProofs: Proofs = {
  name: {
    enforced: () =>
      probing(asking(text), {}, async (probe) => {
        expect((await probe.send(get('/probe?x=a&y=b'))).arrived).toMatchObject({ url: '/probe?x=a' })
      }),
    documented: documents({ document: asking({ name: 'MARK', ...text }), at: `${parameter}` }, '"name":"MARK"'),
  },
  in: {
    enforced: refusesRequests({
      document: asking({ in: 'header', required: true, ...text }),
      at: `${parameter}`,
      fits: [get('/probe', { x: 'a' })],
      fails: [get('/probe?x=a')],
    }),
    refused: isRefused(
      {
        document: asking({ in: 'querystring', content: json({ type: 'object' }) }, { openapi: '3.2.0' }),
        at: parameter,
      },
      `${parameter}/in`,
    ),
  },
  description: { documented: notes('description', 'MARK') },
  required: {
    enforced: refusesRequests({
      document: asking({ required: true, ...text }),
      at: `${parameter}/required`,
      fits: [get('/probe?x=a')],
      fails: [get('/probe')],
    }),
    documented: notes('required', true, '"in":"query","required":true'),
  },
  deprecated: { documented: notes('deprecated', true, '"deprecated":true') },
  allowEmptyValue: {
    enforced: () => {
      const schema = { type: 'integer' }
      const status = (members: JsonObject) =>
        probing(asking({ schema, ...members }), {}, async (probe) => {
          const empty = await probe.send(get('/probe?x='))
          return [empty.status, empty.arrived?.url, (await probe.send(get('/probe?x=a'))).status]
        })
      return Promise.all([
        expect(status({ allowEmptyValue: true })).resolves.toEqual([200, '/probe?x=', 400]),
        expect(status({})).resolves.toEqual([400, undefined, 400]),
      ]).then(() => undefined)
    },
    documented: notes('allowEmptyValue', true, '"allowEmptyValue":true'),
  },
  style: {
    enforced: refusesRequests({
      document: asking({ style: 'pipeDelimited', explode: false, schema: list }),
      at: `${parameter}/style`,
      fits: [get('/probe?x=1|2')],
      fails: [get('/probe?x=1,2')],
    }),
    documented: documents(
      { document: asking({ style: 'pipeDelimited', explode: false, schema: list }), at: `${parameter}/style` },
      '"style":"pipeDelimited"',
    ),
  },
  explode: {
    enforced: refusesRequests({
      document: asking({ explode: false, schema: list }),
      at: `${parameter}/explode`,
      fits: [get('/probe?x=1,2')],
      fails: [get('/probe?x=1&x=2')],
    }),
    documented: documents(
      { document: asking({ explode: false, schema: list }), at: `${parameter}/explode` },
      '"explode":false',
    ),
  },
  allowReserved: {
    'passed on': async (codes) => {
      const call = get('/probe?x=a/b')
      await arrives({ allowReserved: true, schema: {} }, call, { url: '/probe?x=a/b' })(codes)
      await arrives({ schema: {} }, call, { url: '/probe?x=a%2Fb' })(codes)
    },
    documented: notes('allowReserved', true, '"allowReserved":true'),
  },
  schema: {
    enforced: refusesRequests({
      document: asking(text),
      at: `${parameter}/schema/maxLength`,
      fits: [get('/probe?x=a')],
      fails: [get('/probe?x=ab')],
    }),
    documented: documents({ document: asking(text), at: `${parameter}/schema/maxLength` }, '"maxLength":1'),
  },
  content: {
    enforced: refusesRequests({
      document: asking({ content: json({ type: 'object', maxProperties: 1 }) }),
      at: `${parameter}/content/application~1json/schema/maxProperties`,
      fits: [get('/probe?x=%7B%7D')],
      fails: [get('/probe?x=%7B%22a%22:1,%22b%22:2%7D')],
    }),
    documented: documents(
      {
        document: asking({ content: json({ title: 'MARK' }) }),
        at: `${parameter}/content/application~1json/schema/title`,
      },
      '"content":{"application/json":{"schema":{"title":"MARK"}}}',
    ),
    refused: isRefused({ document: asking({ content: { 'text/plain': {} } }), at: parameter }, `${parameter}/content`),
  },
  example: { documented: notes('example', 'MARK', '"example":"MARK"') },
  examples: {
    documented: notes('examples', { a: { value: 'MARK1' }, b: { value: 'MARK2' } }, ['MARK1', 'MARK2']),
  },
}

const body = (more: JsonObject, content: JsonObject = json({ type: 'string' })): JsonObject =>
  posting({ requestBody: { content, ...more } })
const requestBody = `${at.post}/requestBody`

export const requestBodyProofs: Proofs = {
  description: {
    documented: documents({ document: body({ description: 'MARK' }), at: `${requestBody}/description` }, 'MARK'),
  },
  content: {
    enforced: () =>
      probing(body({}), {}, async (probe) => {
        const call = { body: '"a"', headers: { 'content-type': 'application/xml' } }
        expect(await probe.send(call)).toMatchObject({ status: 415, arrived: null })
        expect((await probe.send({ body: '"a"' })).status).toBe(200)
        expect((await probe.send({ body: '1' })).status).toBe(400)
      }),
    'passed on': passesOn({ document: body({}), call: { body: ' "\\u0061" ' } }, { body: ' "\\u0061" ' }),
    documented: documents({ document: body({}, json({ title: 'MARK' })), at: `${at.body}/schema/title` }, 'MARK'),
  },
  required: {
    enforced: refusesRequests({
      document: body({ required: true }),
      at: `${requestBody}/required`,
      fits: [{ body: '"a"' }],
      fails: [{}],
    }),
    documented: documents(
      { document: body({ required: true }), at: `${requestBody}/required` },
      '"requestBody":{"required":true',
    ),
  },
}

const media = (more: JsonObject): JsonObject => body({}, json({ type: 'string' }, more))
const sequential = (keyword: string, value: JsonValue): Proof =>
  isRefused({
    document: posting(
      { requestBody: { content: { 'application/jsonl': { schema: {}, [keyword]: value } } } },
      { openapi: '3.2.0' },
    ),
    at: `${requestBody}/content/application~1jsonl/${keyword}`,
  })
const plays = (more: JsonObject, openapi = '3.1.0'): Proof => {
  return async () => {
    const content = json({ type: 'string' }, more)
    const { body: shown } = await simulated(
      getting({ responses: { 200: { description: 'Fine', content } } }, { openapi }),
    )
    expect(shown).toBe('"MARK"')
  }
}

export const mediaTypeProofs: Proofs = {
  schema: {
    enforced: refusesRequests({
      document: body({}),
      at: `${at.body}/schema`,
      fits: [{ body: '"a"' }],
      fails: [{ body: '1' }],
    }),
    documented: documents({ document: body({}, json({ title: 'MARK' })), at: `${at.body}/schema` }, 'MARK'),
  },
  example: {
    documented: documents({ document: media({ example: 'MARK' }), at: `${at.body}/example` }, 'MARK'),
    used: plays({ example: 'MARK' }),
  },
  examples: {
    documented: documents(
      {
        document: media({ examples: { first: { value: 'a' }, second: { value: 'MARK' } } }),
        at: `${at.body}/examples`,
      },
      '"second":{"value":"MARK"}',
    ),
    used: plays({ examples: { first: { value: 'MARK' }, second: { value: 'b' } } }),
  },
  encoding: {
    enforced: async (codes) => encodingProofs['style']?.enforced?.(codes),
    documented: async (codes) => encodingProofs['contentType']?.documented?.(codes),
  },
  itemSchema: { refused: sequential('itemSchema', { type: 'object' }) },
  itemEncoding: { refused: sequential('itemEncoding', {}) },
  prefixEncoding: { refused: sequential('prefixEncoding', [{}]) },
}

const urlencoded = 'application/x-www-form-urlencoded'
const formHeaders = { 'content-type': urlencoded }
const form = (encoding: JsonObject, schema: JsonValue = list): JsonObject =>
  posting({
    requestBody: {
      content: { [urlencoded]: { schema: { type: 'object', properties: { x: schema } }, encoding: { x: encoding } } },
    },
  })
const ofForm = (keyword: string): string =>
  `${requestBody}/content/application~1x-www-form-urlencoded/encoding/x/${keyword}`
const fields = (sent: string): Call => ({ headers: formHeaders, body: sent })

const boundary = 'xyz'
const part = (type: string, head = ''): Call => ({
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  body: [
    `--${boundary}`,
    'Content-Disposition: form-data; name="x"; filename="x"',
    `Content-Type: ${type}`,
    ...(head === '' ? [] : [head]),
    '',
    'data',
    `--${boundary}--`,
    '',
  ].join('\r\n'),
})
const parts = (encoding: JsonObject, openapi = '3.1.0'): JsonObject =>
  posting(
    {
      requestBody: {
        content: {
          'multipart/form-data': { schema: { type: 'object', properties: { x: {} } }, encoding: { x: encoding } },
        },
      },
    },
    { openapi },
  )
const ofPart = (keyword: string): string => `${requestBody}/content/multipart~1form-data/encoding/x/${keyword}`
const nested = (keyword: string, value: JsonValue): Proof =>
  isRefused({ document: parts({ contentType: 'multipart/mixed', [keyword]: value }, '3.2.0'), at: ofPart(keyword) })

export const encodingProofs: Proofs = {
  contentType: {
    enforced: refusesRequests({
      document: parts({ contentType: 'image/png, image/jpeg' }),
      at: ofPart('contentType'),
      fits: [part('image/png')],
      fails: [part('text/html')],
    }),
    documented: documents(
      { document: parts({ contentType: 'image/png' }), at: ofPart('contentType') },
      '"contentType":"image/png"',
    ),
  },
  headers: {
    'passed on': async (codes) => {
      const encoding = { contentType: 'image/png', headers: { 'X-A': { required: true, schema: {} } } }
      const document = parts(encoding)
      const sent = expect.stringContaining('X-A: b\r\n') as unknown
      await passesOn({ document, call: part('image/png', 'X-A: b') }, { body: sent })(codes)
      await isIgnored({ document, at: ofPart('headers') })(codes)
    },
  },
  style: {
    enforced: refusesRequests({
      document: form({ style: 'pipeDelimited', explode: false }),
      at: ofForm('style'),
      fits: [fields('x=1%7C2')],
      fails: [fields('x=1,2')],
    }),
    documented: documents(
      { document: form({ style: 'pipeDelimited', explode: false }), at: ofForm('style') },
      '"pipeDelimited"',
    ),
  },
  explode: {
    enforced: refusesRequests({
      document: form({ explode: false }),
      at: ofForm('explode'),
      fits: [fields('x=1,2')],
      fails: [fields('x=1&x=2')],
    }),
    documented: documents({ document: form({ explode: false }), at: ofForm('explode') }, '"explode":false'),
  },
  allowReserved: {
    documented: documents(
      { document: form({ allowReserved: true }), at: ofForm('allowReserved') },
      '"allowReserved":true',
    ),
  },
  encoding: { refused: nested('encoding', {}) },
  itemEncoding: { refused: nested('itemEncoding', {}) },
  prefixEncoding: { refused: nested('prefixEncoding', [{}]) },
}

const answering = (responses: JsonObject, openapi = '3.1.0'): JsonObject => getting({ responses }, { openapi })
const described = (status: string): JsonObject => ({
  [status]: { description: 'MARK', content: json({ type: 'object', properties: { a: {} } }) },
})
const shown = (status: string, code: number): Proof =>
  holdsAnswers({
    document: answering(described(status)),
    at: `${at.get}/responses/${status}/content/application~1json/schema`,
    answers: [
      [
        { status: code, body: { a: 1, b: 2 } },
        { status: code, body: '{"a":1}' },
      ],
    ],
  })

export const responsesProofs: Proofs = {
  default: {
    enforced: shown('default', 404),
    documented: documents(
      {
        document: answering({ ...described('default'), 200: { description: 'Fine' } }),
        at: `${at.get}/responses/default`,
      },
      'MARK',
    ),
  },
  '200': {
    enforced: shown('200', 200),
    documented: documents({ document: answering(described('200')), at: `${at.get}/responses/200` }, 'MARK'),
  },
  '4XX': {
    enforced: shown('4XX', 418),
    documented: documents(
      { document: answering({ ...described('4XX'), 200: { description: 'Fine' } }), at: `${at.get}/responses/4XX` },
      'MARK',
    ),
  },
}

const response = `${at.get}/responses/200`
const withHeader = (header: JsonObject, openapi = '3.1.0'): JsonObject =>
  answering({ 200: { description: 'Fine', headers: { 'X-A': header }, content: json({}) } }, openapi)
const ofHeader = (keyword: string): string => `${response}/headers/X-A/${keyword}`
const answers = { headers: { 'content-type': 'application/json', 'x-a': '1', 'x-b': '2' }, body: {} }
const headerNotes = (keyword: string, value: JsonValue, wanted: string): Proof =>
  documents({ document: withHeader({ schema: {}, [keyword]: value }), at: ofHeader(keyword) }, wanted)

export const responseProofs: Proofs = {
  description: {
    documented: documents({ document: answering(described('200')), at: `${response}/description` }, 'MARK'),
  },
  summary: {
    documented: documents(
      { document: answering({ 200: { summary: 'MARK', content: json({}) } }, '3.2.0'), at: `${response}/summary` },
      '"description":"MARK"',
    ),
  },
  headers: {
    enforced: () =>
      probing(withHeader({ schema: {} }), {}, async (probe) => {
        const { headers } = await probe.send({ method: 'GET' }, answers)
        expect([headers['x-a'], headers['x-b']]).toEqual(['1', undefined])
      }),
    documented: headerNotes('description', 'MARK', '"X-A":{"description":"MARK"'),
  },
  content: {
    enforced: holdsAnswers({
      document: giving({ type: 'object', properties: { a: {} } }),
      at: `${response}/content/application~1json/schema/properties`,
      answers: [
        [{ body: { a: 1, b: 2 } }, { status: 200, body: '{"a":1}' }],
        [{ headers: { 'content-type': 'text/html' }, body: '' }, { status: 502 }],
      ],
    }),
    documented: documents(
      { document: giving({ title: 'MARK' }), at: `${response}/content/application~1json/schema/title` },
      'MARK',
    ),
  },
  links: {
    ignored: isIgnored({
      document: answering({ 200: { description: 'Fine', links: { next: { operationId: 'probe' } } } }),
      at: `${response}/links`,
    }),
  },
}

const link = {
  operationRef: '#/paths/~1probe/get',
  operationId: 'probe',
  parameters: { x: '$response.body#/next' },
  requestBody: '$response.body',
  description: 'The next one',
  server: { url: 'https://a.example' },
}

export const linkProofs: Proofs = Object.fromEntries(
  Object.keys(link).map((keyword) => [
    keyword,
    {
      ignored: isIgnored({
        document: answering({ 200: { description: 'Fine', links: { next: link } } }),
        at: `${response}/links/next/${keyword}`,
      }),
    },
  ]),
)

const playsHeader =
  (header: JsonObject): Proof =>
  async () => {
    expect((await simulated(withHeader(header))).headers['x-a']).toBe('MARK')
  }

export const headerProofs: Proofs = {
  description: { documented: headerNotes('description', 'MARK', 'MARK') },
  required: { documented: headerNotes('required', true, '"required":true') },
  deprecated: { documented: headerNotes('deprecated', true, '"deprecated":true') },
  schema: {
    documented: documents(
      { document: withHeader({ schema: { title: 'MARK' } }), at: ofHeader('schema/title') },
      'MARK',
    ),
  },
  content: {
    documented: documents(
      { document: withHeader({ content: json({ title: 'MARK' }) }), at: ofHeader('content') },
      '"X-A":{"content":{"application/json":{"schema":{"title":"MARK"}}}}',
    ),
  },
  style: { ignored: isIgnored({ document: withHeader({ style: 'simple', schema: {} }), at: ofHeader('style') }) },
  explode: { documented: headerNotes('explode', true, '"explode":true') },
  example: {
    documented: headerNotes('example', 'MARK', '"example":"MARK"'),
    used: playsHeader({ schema: {}, example: 'MARK' }),
  },
  examples: {
    documented: headerNotes('examples', { a: { value: 'MARK' } }, 'MARK'),
    used: playsHeader({ schema: {}, examples: { a: { value: 'MARK' } } }),
  },
  allowReserved: {
    ignored: isIgnored({ document: withHeader({ allowReserved: true, schema: {} }), at: ofHeader('allowReserved') }),
  },
  allowEmptyValue: {
    ignored: isIgnored({
      document: withHeader({ allowEmptyValue: true, schema: {} }),
      at: ofHeader('allowEmptyValue'),
    }),
  },
}

const exemplary = (example: JsonObject, openapi = '3.2.0'): JsonObject =>
  posting({ requestBody: { content: json({ type: 'string' }, { examples: { it: example } }) } }, { openapi })
const ofExample = (keyword: string): string => `${at.body}/examples/it/${keyword}`
const exampleNotes = (keyword: string): Proof =>
  documents({ document: exemplary({ value: 'a', [keyword]: 'MARK' }), at: ofExample(keyword) }, `"${keyword}":"MARK"`)

export const exampleProofs: Proofs = {
  summary: { documented: exampleNotes('summary') },
  description: { documented: exampleNotes('description') },
  value: {
    documented: documents({ document: exemplary({ value: 'MARK' }), at: ofExample('value') }, 'MARK'),
    used: plays({ examples: { it: { value: 'MARK' } } }),
  },
  dataValue: {
    documented: documents({ document: exemplary({ dataValue: 'MARK' }), at: ofExample('dataValue') }, 'MARK'),
    used: plays({ examples: { it: { dataValue: 'MARK' } } }, '3.2.0'),
  },
  serializedValue: {
    ignored: isIgnored({
      document: exemplary({ dataValue: 'a', serializedValue: '"a"' }),
      at: ofExample('serializedValue'),
    }),
  },
  externalValue: {
    ignored: isIgnored({
      document: exemplary({ externalValue: 'https://docs.example/a' }),
      at: ofExample('externalValue'),
    }),
  },
}

export const callbackProofs: Proofs = {
  '{expression}': {
    ignored: isIgnored({
      document: getting({ callbacks: { paid: { '{$request.query.x}': { post: { responses: {} } } } } }),
      at: `${at.get}/callbacks/paid/{$request.query.x}`,
    }),
  },
}
