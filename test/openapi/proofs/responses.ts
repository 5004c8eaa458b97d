import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../generator/read/types.ts'
import { at, getting, giving, json } from '../documents.ts'
import { probing } from '../probe.ts'
import { documents, holdsAnswers, isIgnored, type Proof, type Proofs } from '../proof.ts'
import { simulated } from '../simulated.ts'

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
  '3XX': {
    // Without the keyword no redirection is documented, and each is 502.
    enforced: holdsAnswers({
      document: answering({ '3XX': { description: 'MARK' }, 200: { description: 'Fine' } }),
      at: `${at.get}/responses/3XX`,
      answers: [
        [{ status: 302, headers: { location: '/probe' }, body: '' }, { status: 302 }],
        [{ status: 302, headers: { location: 'https://other.example/probe' }, body: '' }, { status: 502 }],
      ],
    }),
    documented: documents(
      {
        document: answering({ '3XX': { description: 'MARK' }, 200: { description: 'Fine' } }),
        at: `${at.get}/responses/3XX`,
      },
      'MARK',
    ),
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

export const callbackProofs: Proofs = {
  '{expression}': {
    ignored: isIgnored({
      document: getting({ callbacks: { paid: { '{$request.query.x}': { post: { responses: {} } } } } }),
      at: `${at.get}/callbacks/paid/{$request.query.x}`,
    }),
  },
}
