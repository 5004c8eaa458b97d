import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { accessRows, type SampleSystem, send, startSampleSystem } from '../support/sampleSystem.ts'

/** Without a credential no protected route can be reached, however the request is varied. */
let sample: SampleSystem
beforeAll(async () => {
  sample = await startSampleSystem([])
}, 120_000)
afterAll(() => sample?.close())
beforeEach(() => sample.forget())

const filled = (path: string): string => path.replace(/\{[^}]*\}/g, '1')

/** Variants of a path that have bypassed route tables of other gateways. */
const disguises: readonly (readonly [string, (path: string) => string])[] = [
  ['a trailing slash', (path) => `${path}/`],
  ['a doubled slash', (path) => path.replace(/\//, '//')],
  ['upper case', (path) => path.toUpperCase()],
  ['a suffix', (path) => `${path}.json`],
  ['a path parameter', (path) => `${path};v=1`],
  ['an encoded slash', (path) => path.replace(/(.)\//, '$1%2f')],
  ['an encoded letter', (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)],
  ['dot segments', (path) => `/health/..${path}`],
  ['encoded dot segments', (path) => `/health/%2e%2e${path}`],
  ['a fragment', (path) => `${path}%23x`],
  ['a null character', (path) => `${path}%00`],
]

/** Headers that claim an identity, another path or another method (rules R4, H1). */
const claims: Readonly<Record<string, string>> = {
  'x-user-id': 'admin',
  'x-forwarded-user': 'admin',
  'x-gatewright-subject': 'admin',
  'x-original-url': '/health/live',
  'x-rewrite-url': '/health/live',
  'x-http-method-override': 'GET',
  'x-forwarded-for': '127.0.0.1',
}

for (const client of ['mobile', 'partner', 'web']) {
  const guarded = accessRows(client).filter(({ rule }) => rule.kind === 'principal')

  describe(client, () => {
    test('has protected routes', () => {
      expect(guarded.length).toBeGreaterThan(5)
    })

    test.each(guarded.map((row) => [`${row.method} ${row.path}`, row] as const))('%s', async (_, row) => {
      const url = sample.client(client).url
      const path = filled(row.path)
      const plain = [row.method, ...(row.method === 'GET' ? ['HEAD'] : [])]
      const statuses = await Promise.all([
        ...plain.map(async (method) => [method, (await send(url, method, path, {})).status] as const),
        ['with claims', (await send(url, row.method, path, claims)).status] as const,
        ['with an empty token', (await send(url, row.method, path, { authorization: 'Bearer ' })).status] as const,
      ])
      expect(statuses.filter(([, status]) => status !== 401 && status !== 400)).toEqual([])
      expect(statuses[0]?.[1]).toBe(401)
      const disguised = await Promise.all(
        disguises.map(
          async ([name, disguise]) => [name, (await send(url, row.method, disguise(path), {})).status] as const,
        ),
      )
      expect(disguised.filter(([, status]) => status < 400)).toEqual([])
      expect(sample.received.map(({ url: reached }) => reached)).toEqual([])
    })
  })
}
