import { describe, expect, test } from '@jest/globals'
import { resolveSource, type Source } from '../../../generator/remote/source.ts'

const source = (more: Partial<Source> = {}): Source => ({
  url: 'https://orders.example/openapi.yaml',
  headers: {},
  origins: [],
  ...more,
})
const faultsOf = (one: Source, env: Record<string, string> = {}): readonly string[] => {
  const resolution = resolveSource(one, env)
  return resolution.kind === 'faults' ? resolution.faults.map(({ code, message }) => `${code} ${message}`) : []
}
const reference = '${SPEC_TOKEN}'

describe('a source with a credential in it is refused, because it is written into the repository (rule G5)', () => {
  test.each([
    ['https://user:secret@orders.example/a.yaml', /user name or a password/],
    ['https://orders.example/a.yaml?token=abc', /parameter `token`/],
    ['https://orders.example/a.yaml?a=1&X-Amz-Signature=abc', /parameter `X-Amz-Signature`/],
    ['https://orders.example/a.yaml?api_key=${KEY:-abc}', /parameter `api_key`/],
  ])('%s', (url, message) => {
    expect(faultsOf(source({ url }))).toEqual([expect.stringMatching(message)])
  })

  test.each(['Authorization', 'Cookie', 'X-Api-Key', 'PRIVATE-TOKEN'])('in the header %s', (name) => {
    expect(faultsOf(source({ headers: { [name]: 'abc' } }))).toEqual([
      `GW1400 The header \`${name}\` is a credential, and would be written into the repository.`,
    ])
    expect(faultsOf(source({ headers: { [name]: `Bearer ${reference}` } }), { SPEC_TOKEN: 'abc' })).toEqual([])
  })
})

describe('a source is refused that', () => {
  test.each(['ftp://orders.example/a', 'orders.yaml', 'file:///etc/passwd', 'https://'])(
    'cannot be downloaded: %s',
    (url) => {
      expect(faultsOf(source({ url }))).toEqual([`GW1400 ${url} is not a URL that can be downloaded.`])
    },
  )

  test('refers to a variable that is not set', () => {
    const one = source({ url: 'https://${HOST}/a.yaml', headers: { Authorization: `Bearer ${reference}` } })
    expect(faultsOf(one, { HOST: '' })).toEqual([
      'GW1409 The environment has no HOST and SPEC_TOKEN, which the source refers to.',
    ])
  })

  test('has a malformed reference', () => {
    expect(faultsOf(source({ headers: { Accept: '${' } }))).toEqual([
      'GW1400 A reference to the environment is malformed.',
    ])
  })

  test.each(['schemas.example', 'https://schemas.example/', 'ftp://schemas.example'])(
    'allows %s, which is not an origin',
    (origin) => {
      expect(faultsOf(source({ origins: [origin] }))).toEqual([`GW1400 \`${origin}\` is not an origin.`])
    },
  )
})

describe('a resolved source', () => {
  const resolution = resolveSource(source({ url: `https://orders.example/${reference}/a.yaml?key=${reference}#top` }), {
    SPEC_TOKEN: 'p/q',
  })
  const resolved = resolution.kind === 'source' ? resolution.source : null

  test('has the values of the environment, and no fragment', () => {
    expect(resolved?.url).toBe('https://orders.example/p/q/a.yaml?key=p/q')
  })

  test('shows URLs with names in place of values', () => {
    expect(resolved?.shown('https://orders.example/p/q/b.yaml')).toBe(`https://orders.example/${reference}/b.yaml`)
    expect(resolved?.shown('https://orders.example/b.yaml?key=p%2Fq')).toBe(
      `https://orders.example/b.yaml?key=${reference}`,
    )
    expect(resolved?.resolved(`https://orders.example/${reference}/b.yaml`)).toBe('https://orders.example/p/q/b.yaml')
  })
})
