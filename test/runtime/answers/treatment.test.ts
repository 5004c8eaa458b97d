import { describe, expect, test } from '@jest/globals'
import { createErrorFields } from '../../../templates/runtime/answers/errorFields.ts'
import { createTreatment } from '../../../templates/runtime/answers/treatment.ts'
import type { Drift } from '../../../templates/runtime/observe/observer.ts'
import type { Treatment, WholeBody } from '../../../templates/runtime/upstream/answer.ts'
import type { AnswerPolicy, AnswerSchemas, Schema } from '../../../templates/runtime/vocabulary.ts'
import type { Problem } from '../../../templates/runtime/words/problems.ts'
import type { Concern } from '../../../templates/runtime/words/unauthorized.ts'
import { contractOf, operation, route } from '../parameters/support.ts'

const order: Schema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'integer' }, secret: { type: 'string', writeOnly: true } },
}
const failure: Schema = { type: 'object', properties: { code: { type: 'string' } } }

function answer(content: Record<string, Schema>): AnswerSchemas {
  return {
    content: Object.fromEntries(Object.entries(content).map(([name, schema]) => [name, { schema, encoding: {} }])),
    headers: [],
  }
}

interface Setup extends Partial<AnswerPolicy> {
  readonly concern?: Concern
}

function treat(answers: Record<string, AnswerSchemas>, { concern = 'gateway', ...policy }: Setup = {}) {
  const of = operation({ answers })
  const drifts: Drift[] = []
  const made = route(of, { answers: { check: 'off', undeclared: 'drop', statuses: Object.keys(answers), ...policy } })
  const observer = { answerDrifted: (drift: Drift) => drifts.push(drift) }
  const errors = createErrorFields({ concern, challenge: 'Bearer', allow: () => 'GET' })
  const decide = createTreatment(made, contractOf(of), { errors, observer })
  const shape = (status: number, type: string | undefined, headOnly = false) =>
    decide(status, type, headOnly, {}, 'request-1')
  return { shape, drifts }
}

const said = (shape: Treatment): string =>
  shape.kind === 'problem' ? `${shape.problem.status} ${shape.problem.name}` : `${shape.kind} ${shape.status}`

const projected = (shape: Treatment, text: string): string => {
  const output = shape.kind === 'project' ? shape.project(Buffer.from(text), { gone: false }) : null
  if (output === null || output instanceof Promise) return said(shape)
  return shown(output)
}

const shown = (output: WholeBody | Problem): string =>
  typeof output === 'string' || Buffer.isBuffer(output) ? output.toString() : `${output.status} ${output.name}`

/** As `projected`, for a text that takes several turns of the event loop. */
const projectedLater = async (shape: Treatment, text: string): Promise<string> =>
  shape.kind === 'project' ? shown(await shape.project(Buffer.from(text), { gone: false })) : said(shape)

const usual = {
  200: answer({ 'application/json': order, 'text/csv': true, 'text/event-stream': true }),
  404: answer({ 'application/problem+json': failure }),
}

describe('by status and media type', () => {
  test.each<[string, Record<string, AnswerSchemas>, Setup, number, string | undefined, string]>([
    ['documented JSON is projected', usual, {}, 200, 'application/json; charset=utf-8', 'project 200'],
    ['another documented media type passes', usual, {}, 200, 'text/csv', 'pass 200'],
    ['events pass', usual, {}, 200, 'text/event-stream', 'pass 200'],
    ['undeclared: pass', usual, { undeclared: 'pass' }, 200, 'application/json', 'pass 200'],
    [
      'undeclared: pass, but checked',
      usual,
      { undeclared: 'pass', check: 'report' },
      200,
      'application/json',
      'project 200',
    ],
    [
      'JSON without a schema passes',
      { 200: answer({ 'application/json': {} }) },
      {},
      200,
      'application/json',
      'pass 200',
    ],
    [
      'JSON in a documented range is projected',
      { 200: answer({ '*/*': order }) },
      {},
      200,
      'application/hal+json',
      'project 200',
    ],
    ['rule O2: an undocumented media type is 502', usual, {}, 200, 'text/html', '502 bad-gateway'],
    ['no media type: no body', usual, {}, 200, undefined, 'empty 200'],
    ['no media type, enforced', usual, { check: 'enforce' }, 200, undefined, '502 bad-gateway'],
    ['nothing documented: no body', { 200: answer({}) }, {}, 200, 'text/html', 'empty 200'],
    ['204', { 204: answer({}) }, {}, 204, undefined, 'empty 204'],
    ['204 that lists content, enforced', { 204: usual[200] }, { check: 'enforce' }, 204, undefined, 'empty 204'],
    ['205 that lists content, enforced', { 205: usual[200] }, { check: 'enforce' }, 205, 'text/html', 'empty 205'],
    ['a success by default, enforced', { default: usual[200] }, { check: 'enforce' }, 201, 'text/csv', 'pass 201'],
    ['another JSON type', { 200: answer({ 'text/json': order }) }, {}, 200, 'application/json', 'project 200'],
    ['a refusal of another JSON type', usual, { check: 'enforce' }, 404, 'application/json', 'project 404'],
    [
      'a range of statuses',
      { '2XX': answer({ 'application/json': order }) },
      {},
      206,
      'application/json',
      'project 206',
    ],
    [
      'an exact status before a range',
      { '2XX': answer({}), 201: answer({ 'application/json': order }) },
      {},
      201,
      'application/json',
      'project 201',
    ],
    ['an undocumented success like the only documented one', usual, {}, 201, 'application/json', 'project 201'],
    ['an undocumented success, enforced', usual, { check: 'enforce' }, 201, 'application/json', '502 bad-gateway'],
    [
      'an undocumented success among several',
      { 200: answer({ 'application/json': order }), 201: answer({}) },
      {},
      202,
      'application/json',
      'empty 202',
    ],
    [
      'only default is documented',
      { default: answer({ 'application/json': order }) },
      {},
      200,
      'application/json',
      'project 200',
    ],
    ['a documented refusal is projected', usual, {}, 404, 'application/problem+json', 'project 404'],
    ['a refusal of another media type', usual, {}, 404, 'text/html', '404 refused'],
    ['an undocumented refusal', usual, {}, 409, 'application/json', '409 refused'],
    [
      'a refusal by a range',
      { '4XX': answer({ 'application/json': failure }) },
      {},
      409,
      'application/json',
      'project 409',
    ],
    [
      'a refusal by default',
      { default: answer({ 'application/json': failure }) },
      {},
      422,
      'application/json',
      'project 422',
    ],
    ['rule O1: free text of a refusal', { 400: answer({ 'text/plain': true }) }, {}, 400, 'text/plain', '400 refused'],
    [
      'a 401 about the gateway’s credential',
      { 401: answer({ 'application/json': failure }) },
      {},
      401,
      'application/json',
      '502 bad-gateway',
    ],
    ['a 401 about the caller’s token', usual, { concern: 'caller' }, 401, 'application/json', '401 refused'],
    ['407', usual, { concern: 'caller' }, 407, undefined, '502 bad-gateway'],
    ['rule O1: 500', { 500: answer({ 'application/json': failure }) }, {}, 500, 'application/json', '502 bad-gateway'],
    ['503', usual, {}, 503, undefined, '503 unavailable'],
    ['504', usual, {}, 504, undefined, '504 gateway-timeout'],
    ['304', usual, {}, 304, undefined, 'empty 304'],
    ['rule O3: an undocumented redirection', usual, {}, 302, undefined, '502 bad-gateway'],
    ['a documented redirection', { 302: answer({}) }, {}, 302, 'text/html', 'empty 302'],
    ['an unexpected 101', usual, {}, 101, undefined, '502 bad-gateway'],
  ])('%s', (_, answers, setup, status, contentType, expected) => {
    expect(said(treat(answers, setup).shape(status, contentType))).toBe(expected)
  })

  test('HEAD has no body', () => {
    expect(said(treat(usual).shape(200, 'application/json', true))).toBe('empty 200')
    expect(said(treat(usual).shape(500, 'application/json', true))).toBe('502 bad-gateway')
  })
})

describe('a projected answer', () => {
  const { shape } = treat(usual)
  const ok = shape(200, 'application/json')

  test.each([
    [
      'rule O2: loses what is undeclared, and what is for requests only',
      '{"id":1,"secret":"x","passwordHash":"y","__proto__":{"isAdmin":true}}',
      '{"id":1}',
    ],
    ['keeps its digits', '{"id":9007199254740993}', '{"id":9007199254740993}'],
    ['without a required member passes unless it is enforced', '{}', '{}'],
    ['of another type is 502', '["secret"]', '502 bad-gateway'],
    ['that is not JSON is 502', '<html>', '502 bad-gateway'],
    ['that is empty is 502', '', '502 bad-gateway'],
  ])('%s', (_, text, expected) => {
    expect(projected(ok, text)).toBe(expected)
  })

  test('nested too deeply for the stack is 502', async () => {
    const { shape } = treat({ 200: answer({ 'application/json': { properties: { a: true } } }) })
    const depth = 100_000
    const text = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
    expect(await projectedLater(shape(200, 'application/json'), text)).toBe('502 bad-gateway')
  })

  test('nested too deeply in a recursive schema is 502', async () => {
    const of = operation({ answers: { 200: answer({ 'application/json': { $ref: '#/schemas/tree' } }) } })
    const tree: Schema = { properties: { kid: { $ref: '#/schemas/tree' } } }
    const made = route(of, { answers: { check: 'report', undeclared: 'drop', statuses: ['200'] } })
    const deep = `${'{"kid":'.repeat(50_000)}{}${'}'.repeat(50_000)}`
    const observer = { answerDrifted: () => undefined }
    const decide = createTreatment(made, contractOf(of, { tree }), { observer })
    expect(await projectedLater(decide(200, 'application/json', false), deep)).toBe('502 bad-gateway')
  })

  test('a refusal that does not fit is reduced to its status', () => {
    const refusal = shape(404, 'application/problem+json')
    expect(projected(refusal, '{"code":"gone","stack":"at /app/x.js"}')).toBe('{"code":"gone"}')
    expect(projected(refusal, '"stack at /app/x.js"')).toBe('404 refused')
  })
})

describe('drift', () => {
  test('is reported with places, never with values, and the answer is passed on', () => {
    const { shape, drifts } = treat(usual, { check: 'report' })
    expect(projected(shape(200, 'application/json'), '{"id":"secret","x":1}')).toBe('{}')
    const faults = [{ pointer: '/id', detail: 'must be an integer' }]
    expect(drifts).toEqual([{ requestId: 'request-1', route: 'orders.op', status: 200, what: 'body', faults }])
  })

  test('is 502 if answers are enforced', () => {
    const { shape, drifts } = treat(usual, { check: 'enforce' })
    expect(projected(shape(200, 'application/json'), '{"id":"secret"}')).toBe('502 bad-gateway')
    expect(projected(shape(200, 'application/json'), '{"id":1,"x":1}')).toBe('{"id":1}')
    expect(drifts).toHaveLength(1)
  })

  test('undeclared: pass leaves the bytes unchanged', () => {
    const { shape, drifts } = treat(usual, { check: 'report', undeclared: 'pass' })
    expect(projected(shape(200, 'application/json'), '{"id" : "x", "y":1}')).toBe('{"id" : "x", "y":1}')
    expect(drifts).toHaveLength(1)
  })

  test('of status and media type is reported too', () => {
    const { shape, drifts } = treat(usual, { check: 'report' })
    shape(201, 'application/json')
    shape(200, 'text/html')
    shape(409, 'application/json')
    expect(drifts.map(({ what, status }) => `${what} ${status}`)).toEqual([
      'status 201',
      'media type 200',
      'status 409',
    ])
  })

  test('is not reported if the check is off', () => {
    const { shape, drifts } = treat(usual)
    projected(shape(201, 'application/json'), '{"id":"x"}')
    expect(drifts).toEqual([])
  })
})
