import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { run } from '../../generator/index.ts'
import { manifestFolder } from '../support/manifestFolder.ts'

// A pattern that is quadratic without being exponential passed the generation, because a search found no attack: 20,000 distinct
// characters kept a gateway busy for 7.5 s. What is not proven linear and has no limit is refused, with the limit that would do.

/** What is reported, the schema of the gateway and that of the contract, of a body with this schema. */
async function generated(schema: object, more: object = {}) {
  const operation = {
    operationId: 'post',
    requestBody: { content: { 'application/json': { schema } } },
    responses: { 204: { description: '' } },
  }
  const folder = manifestFolder({
    'gateway.yaml': JSON.stringify({
      gatewright: 1,
      name: 'shop',
      services: { shop: { spec: 'spec.json', url: 'http://127.0.0.1:4102', ...more } },
      authenticators: { bearer: { type: 'jwt', issuer: 'https://id.example', audience: 'shop' } },
      clients: { web: { authenticate: ['bearer'], expose: { 'shop.post': { access: { authenticated: true } } } } },
    }),
    'spec.json': JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Shop', version: '1' },
      paths: { '/x': { post: operation } },
    }),
  })
  try {
    const result = await run({
      manifest: join(folder.path, 'gateway.yaml'),
      clients: [],
      until: 'emit',
      skipUnsupported: false,
    })
    const file = (name: string) => String(result.files?.value.find(({ path }) => path.endsWith(name))?.contents ?? '')
    return {
      reports: result.diagnostics.all.map(({ code, remedy }) => `${code} ${remedy}`),
      schemas: file('schemas.json'),
      contract: file('openapi.json'),
    }
  } finally {
    folder.remove()
  }
}

const unproven: readonly (readonly [pattern: string, limit: number])[] = [
  ['^(?!.*(.).*\\1)[a-z]+$', 576],
  ['^(?=.*(.).*\\1)[a-z]+$', 576],
  ['(?<!x)a*b', 900],
  ['^(a+)\\1+$', 100],
  ['^(?:(?=.*a)b|c)+$', 800],
  ['(?!x)a*a*$', 25],
]

describe('a pattern that is not proven linear (rule O5)', () => {
  test.each(unproven)('%s is refused, with a limit of at least %s that would hold', async (pattern, least) => {
    const { reports, schemas } = await generated({ type: 'string', pattern })
    expect([reports.length, schemas]).toEqual([1, ''])
    const [, limit = '0'] = /^GW3254 .*`maxLength: (\d+)`/.exec(reports[0] ?? '') ?? []
    expect(Number(limit)).toBeGreaterThanOrEqual(least)
    expect((await generated({ type: 'string', pattern, maxLength: Number(limit) })).reports).toEqual([])
    expect((await generated({ type: 'string', pattern, maxLength: Number(limit) + 1 })).reports).toHaveLength(1)
    // The limit holds: the longest texts of one character, and of ever new ones, take less than the tests' own bound of time.
    const source = new RegExp(pattern, 'u')
    const started = process.cpuUsage()
    for (const text of [
      'a'.repeat(Number(limit)),
      Array.from({ length: Number(limit) }, (_, at) => String.fromCharCode(0x4e00 + at)).join(''),
    ]) {
      source.test(text)
      source.test(`${text.slice(1)}!`)
    }
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(500)
  })

  test.each(unproven)('%s is limited where the service has unprovenPatterns: limit', async (pattern, least) => {
    const { reports, schemas, contract } = await generated({ type: 'string', pattern }, { unprovenPatterns: 'limit' })
    expect(reports).toEqual([expect.stringMatching(/^GW3263 /)])
    const [, limit = '0'] = /"maxLength":\s*(\d+)/.exec(schemas) ?? []
    expect(Number(limit)).toBeGreaterThanOrEqual(least)
    expect(/"maxLength":\s*(\d+)/.exec(contract)?.[1]).toBe(limit)
    expect(JSON.parse(schemas)).toMatchObject({ costs: { [pattern]: expect.any(Array) } })
  })

  test('keeps a maxLength that is less than the limit', async () => {
    const schema = { type: 'string', pattern: '^(a+)\\1+$', maxLength: 20 }
    const { reports, contract } = await generated(schema, { unprovenPatterns: 'limit' })
    expect([reports, contract]).toEqual([[], expect.stringMatching(/"maxLength":\s*20/)])
  })

  test('cannot be limited where it names members, or where no length is short enough', async () => {
    const named = { type: 'object', patternProperties: { '^(a+)\\1+$': {} } }
    expect((await generated(named, { unprovenPatterns: 'limit' })).reports).toEqual([expect.stringMatching(/^GW3254/)])
    const endless = { type: 'string', pattern: '^(?:a?|b?|c?){40}(?!d)$' }
    expect((await generated(endless, { unprovenPatterns: 'limit' })).reports).toEqual([
      expect.stringMatching(/^GW3254 .*No limit/),
    ])
  })
})

test.each([
  '^(?=.*[A-Z])(?=.*[a-z])(?=.*\\d)(?=.*[^\\w\\s]).{12,}$',
  '^(?!\\s)(?!.*\\s$).+$',
  '^(?!.*\\.\\.)[\\w.]+$',
  '^(?!-)[a-z0-9-]+(?<!-)$',
])('a look-around with linear parts is accepted: %s', async (pattern) => {
  expect((await generated({ type: 'string', pattern })).reports).toEqual([])
})
