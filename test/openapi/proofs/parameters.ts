import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../generator/read/types.ts'
import { asking, at, json, type Parts } from '../documents.ts'
import { type Call, probing } from '../probe.ts'
import { documents, isRefused, type Proof, type Proofs, passesOn, refusesRequests } from '../proof.ts'

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
