import { describe, expect, test } from '@jest/globals'
import type { AnswerPolicy, OperationSchemas, Schema } from '../../templates/runtime/vocabulary.ts'
import { answerText, type Between, startBetween } from '../support/between.ts'
import { some } from '../support/gatewayParts.ts'

// The service's strong entity tag reached the client with a projected body. After a change of the contract the tag was the same, so
// the service answered with 304 and browsers kept the content of the old contract.

const properties = (...names: string[]): Schema => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'integer' }])),
})
const answering = (schema: Schema): OperationSchemas =>
  some.operation({ answers: { 200: { content: { 'application/json': { schema, encoding: {} } }, headers: [] } } })

const modified = 'Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT'
const since = 'If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT'

/** A service with one tag and date, which answers conditional requests as RFC 9110 section 13 says. */
function service(tag: string) {
  const opaque = tag.replace(/^W\//, '')
  return (head: string): string => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'mi').exec(head)?.[1]?.trim()
    const matches = (list: string): boolean =>
      list === '*' || list.split(', ').some((one) => one.replace(/^W\//, '') === opaque)
    const [match, noneMatch, since] = ['if-match', 'if-none-match', 'if-modified-since'].map(field)
    if (match !== undefined && !matches(match)) return answerText(412, [`ETag: ${tag}`])
    if (noneMatch !== undefined && matches(noneMatch))
      return answerText(/^GET|^HEAD/.test(head) ? 304 : 412, [`ETag: ${tag}`])
    if (noneMatch === undefined && since !== undefined) return answerText(304, [`ETag: ${tag}`])
    return answerText(200, ['Content-Type: application/json', `ETag: ${tag}`, modified], '{"a":1,"b":2}')
  }
}

async function start(schema: Schema, tag = '"v1"', policy: Partial<AnswerPolicy> = {}): Promise<Between> {
  const of = answering(schema)
  return startBetween(service(tag), {
    operations: { 'GET /orders': of, 'PUT /orders': of, 'DELETE /orders': of },
    policy,
  })
}

const tagOf = async (between: Between, fields: string[] = [], method = 'GET'): Promise<string> =>
  (await between.ask(`${method} /orders HTTP/1.1`, fields)).header('etag') ?? ''

/** The tag of the contract that shows `a` and `b`. */
async function oldTag(tag?: string): Promise<string> {
  const before = await start(properties('a', 'b'), tag)
  const found = await tagOf(before)
  await before.close()
  return found
}

describe.each(['"v1"', 'W/"v1"'])('of a service whose tag is %s (rule C3)', (tag) => {
  test('a tag of another contract does not make a 304', async () => {
    const old = await oldTag(tag)
    const between = await start(properties('a'), tag)
    const answer = await between.ask('GET /orders HTTP/1.1', [`If-None-Match: ${old}`])
    const now = answer.header('etag') ?? ''
    const again = await between.ask('GET /orders HTTP/1.1', [`If-None-Match: ${old}, ${now}`])
    await between.close()
    expect([answer.status, answer.body]).toEqual([200, '{"a":1}'])
    expect(now.startsWith(tag.slice(0, -1))).toBe(true)
    expect([old, tag]).not.toContain(now)
    expect([again.status, again.header('etag')]).toEqual([304, now])
    expect(between.heads.map((head) => /^if-none-match: .*$/im.exec(head)?.[0])).toEqual([
      undefined,
      `if-none-match: ${tag}`,
    ])
  })

  test.each(['PUT', 'DELETE'])('If-Match of %s protects the state with the tag of any contract', async (method) => {
    const old = await oldTag(tag)
    const between = await start(properties('a'), tag)
    const statuses = []
    for (const sent of [old, await tagOf(between), tag, '"v0", "v1"', '*']) {
      statuses.push((await between.ask(`${method} /orders HTTP/1.1`, [`If-Match: ${sent}`])).status)
    }
    const stale = await between.ask(`${method} /orders HTTP/1.1`, [`If-Match: ${old.replace('v1', 'v0')}`])
    await between.close()
    expect([statuses, stale.status]).toEqual([[200, 200, 200, 200, 200], 412])
  })

  test('the date beside a tag of another contract does not make a 304 either', async () => {
    const old = await oldTag(tag)
    const between = await start(properties('a'), tag)
    const fields = [since, `If-None-Match: ${old}`]
    const answers = [
      await between.ask('GET /orders HTTP/1.1', fields),
      await between.ask('HEAD /orders HTTP/1.1', fields),
    ]
    const confirmed = await between.ask('GET /orders HTTP/1.1', [since, `If-None-Match: ${await tagOf(between)}`])
    const alone = await between.ask('GET /orders HTTP/1.1', [since])
    await between.close()
    expect([...answers, confirmed, alone].map(({ status }) => status)).toEqual([200, 200, 304, 304])
  })

  test('a tag without a suffix goes on unchanged, and a 304 has it', async () => {
    const old = await oldTag(tag)
    const between = await start(properties('a'), tag)
    for (const sent of [tag, `${old}, ${tag}`]) {
      const answer = await between.ask('GET /orders HTTP/1.1', [`If-None-Match: ${sent}`])
      expect([answer.status, answer.header('etag')]).toEqual([304, tag])
    }
    await between.close()
    const sent = between.heads.map((head) => /^if-none-match: .*$/im.exec(head)?.[0])
    expect(sent).toEqual([`if-none-match: ${tag}`, `if-none-match: ${tag}`])
  })

  test('If-None-Match of PUT protects the state too', async () => {
    const old = await oldTag(tag)
    const between = await start(properties('a'), tag)
    const answer = await between.ask('PUT /orders HTTP/1.1', [`If-None-Match: ${old}`])
    await between.close()
    expect(answer.status).toBe(412)
  })

  test('HEAD has the tag of GET', async () => {
    const between = await start(properties('a'), tag)
    const tags = [await tagOf(between, [], 'HEAD'), await tagOf(between)]
    await between.close()
    expect(tags[0]).toBe(tags[1])
  })

  test('a body that is not projected keeps its tag', async () => {
    const passing = await start(properties('a'), tag, { undeclared: 'pass' })
    const neutral = await start({}, tag)
    const tags = [await tagOf(passing), await tagOf(neutral)]
    const answer = await passing.ask('GET /orders HTTP/1.1', [`If-None-Match: ${tag}`])
    await passing.close()
    await neutral.close()
    expect([...tags, answer.status, answer.header('etag')]).toEqual([tag, tag, 304, tag])
  })
})

test('a tag of the time when bodies passed unchanged, and one with a suffix where they do now', async () => {
  const old = await oldTag()
  const passing = await start(properties('a'), '"v1"', { undeclared: 'pass' })
  const answer = await passing.ask('GET /orders HTTP/1.1', [`If-None-Match: ${old}`])
  await passing.close()
  expect([answer.status, answer.body]).toEqual([200, '{"a":1,"b":2}'])
})

test('a documented If-Match is judged without the suffix', async () => {
  const of = some.operation({
    ...answering(properties('a')),
    header: { 'If-Match': some.parameter({ schema: { type: 'string', pattern: '^"v[0-9]"$' } }) },
  })
  const between = await startBetween(service('"v1"'), {
    operations: { 'PUT /orders': of },
    more: { request: { ...some.request('/orders'), header: ['If-Match'] } },
  })
  const old = await oldTag()
  const answer = await between.ask('PUT /orders HTTP/1.1', [`If-Match: ${old}`])
  await between.close()
  expect(answer.status).toBe(200)
})
