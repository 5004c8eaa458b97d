import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../generator/read/types.ts'
import { at, getting, json, posting } from '../documents.ts'
import { type Call, probing } from '../probe.ts'
import { documents, isIgnored, isRefused, type Proof, type Proofs, passesOn, refusesRequests } from '../proof.ts'
import { simulated } from '../simulated.ts'

const list = { type: 'array', items: { type: 'integer' } }

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
      { requestBody: { content: { 'multipart/mixed': { schema: {}, [keyword]: value } } } },
      { openapi: '3.2.0' },
    ),
    at: `${requestBody}/content/multipart~1mixed/${keyword}`,
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
  itemSchema: {
    documented: documents(
      {
        document: getting(
          {
            responses: {
              200: { description: 'Fine', content: { 'text/event-stream': { itemSchema: { title: 'MARK' } } } },
            },
          },
          { openapi: '3.2.0' },
        ),
        at: `${at.answer}/content/text~1event-stream/itemSchema`,
      },
      '"schema":{"title":"MARK"}',
    ),
    refused: sequential('itemSchema', { type: 'object' }),
  },
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
