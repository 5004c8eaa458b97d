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
    ['https://orders.example/a.yaml?subscription-key=abc', /parameter `subscription-key`/],
    ['https://orders.example/a.yaml?access_key=abc', /parameter `access_key`/],
    ['https://orders.example/a.yaml?subscriptionKey=abc', /parameter `subscriptionKey`/],
    ['https://orders.example/a.yaml?code=abc', /parameter `code`/],
    ['https://orders.example/a.yaml?%74oken=abc', /parameter `token`/],
  ])('%s', (url, message) => {
    expect(faultsOf(source({ url }))).toEqual([expect.stringMatching(message)])
  })

  test.each([
    'Authorization',
    'Cookie',
    'X-Api-Key',
    'PRIVATE-TOKEN',
    'Ocp-Apim-Subscription-Key',
    'x-functions-key',
    'X-Company',
  ])('in the header %s', (name) => {
    expect(faultsOf(source({ headers: { [name]: 'abc' } }))).toEqual([
      `GW1400 The header \`${name}\` may be a credential, and would be written into the repository.`,
    ])
    expect(faultsOf(source({ headers: { [name]: `Bearer ${reference}` } }), { SPEC_TOKEN: 'abc' })).toEqual([])
  })
})

test.each([
  ['Accept', 'text/yaml'],
  ['user-agent', 'acme'],
  ['X-GitHub-Api-Version', '2022-11-28'],
])('a source may have the header %s as it is', (name, value) => {
  expect(faultsOf(source({ headers: { [name]: value } }))).toEqual([])
})

describe('a value of the environment is refused', () => {
  test.each(['abc\n', ' abc', 'abc ', 'a#b', 'a\tb', 'a\u007fb'])('in a URL: %j', (value) => {
    expect(faultsOf(source({ url: `https://orders.example/a?q=${reference}` }), { SPEC_TOKEN: value })).toEqual([
      'GW1400 The value of SPEC_TOKEN cannot be part of a URL: it has a control character, a `#`, or a space at an end.',
    ])
  })

  test('in a header that cannot have it, by the name of the variable', () => {
    const headers = { Authorization: `Bearer ${reference}`, Accept: '${TYPE}' }
    expect(faultsOf(source({ headers }), { SPEC_TOKEN: 'abc\n', TYPE: 'text/yaml' })).toEqual([
      'GW1400 The value of SPEC_TOKEN cannot be sent as the header `Authorization`: it has a line feed or another character that headers do not have.',
    ])
  })

  test('with a user name for the host', () => {
    expect(faultsOf(source({ url: 'https://${HOST}/a' }), { HOST: 'user:abc@orders.example' })).toEqual([
      expect.stringMatching(/^GW1400 The URL has a user name or a password/),
    ])
  })

  test('but not a header without a variable, which is named itself', () => {
    expect(faultsOf(source({ headers: { Accept: 'a\u0001' } }))).toEqual([
      'GW1400 The value cannot be sent as the header `Accept`: it has a line feed or another character that headers do not have.',
    ])
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

  test('is noted as it is written', () => {
    expect(resolved?.noted(resolved.url)).toBe(`https://orders.example/${reference}/a.yaml?key=${reference}#top`)
    expect(resolved?.resolved(resolved.noted(resolved.url) ?? '')).toBe(resolved?.url)
  })

  test('does not resolve texts with variables that it does not refer to', () => {
    expect(resolved?.resolved('https://orders.example/${HOME}')).toBeNull()
  })

  test('names the paths of files without values', () => {
    expect(resolved?.pathOf('https://orders.example/p/q/common/b.yaml')).toBe('/SPEC_TOKEN/common/b.yaml')
  })

  test('shows the URLs in a message with names in place of values', () => {
    expect(resolved?.named('The page shows this:\n    https://orders.example/p/q/b.yaml')).toBe(
      `The page shows this:\n    https://orders.example/${reference}/b.yaml`,
    )
    expect(resolved?.named(`--header 'Authorization: Bearer ${reference}'`)).toBe(
      `--header 'Authorization: Bearer ${reference}'`,
    )
  })

  test('shows URLs with names in place of values', () => {
    expect(resolved?.shown('https://orders.example/p/q/b.yaml')).toBe(`https://orders.example/${reference}/b.yaml`)
    expect(resolved?.shown('https://orders.example/b.yaml?key=p%2Fq')).toBe(
      `https://orders.example/b.yaml?key=${reference}`,
    )
    expect(resolved?.resolved(`https://orders.example/${reference}/b.yaml`)).toBe('https://orders.example/p/q/b.yaml')
  })
})

describe('a value of the environment is neither noted nor shown (rule G5)', () => {
  const values = [
    "it's<a>",
    'a b',
    'p/q',
    'p\\q',
    '../x',
    '100%',
    'a%2Fb',
    'Grüße',
    'a?b',
    '"{x}|`^',
    '${x}',
    'a+b&c=d',
    'Acme',
  ]
  const spellings = (url: string): readonly string[] => [
    url,
    decodeURIComponent(url.replace(/%(?![0-9a-f]{2})/gi, '%25')),
  ]

  test.each(values)('%j', (value) => {
    for (const url of [`https://orders.example/${reference}/a.yaml`, `https://orders.example/a.yaml?q=${reference}`]) {
      const resolution = resolveSource(source({ url }), { SPEC_TOKEN: value })
      if (resolution.kind !== 'source') throw new Error('it is refused')
      const { noted, shown, resolved, url: root } = resolution.source
      const others = [root, root.replace('a.yaml', 'b.yaml'), `https://orders.example/c?x=${encodeURIComponent(value)}`]
      for (const text of others.flatMap((one) => [noted(one) ?? '', shown(one)])) {
        for (const spelling of spellings(text.replaceAll(reference, ''))) expect(spelling).not.toContain(value)
      }
      expect(resolved(noted(root) ?? '')).toBe(root)
      expect(noted(root.replace('a.yaml', 'b.yaml'))).not.toBeNull()
    }
  })

  test('in a spelling that is not known the URL is not noted', () => {
    const resolution = resolveSource(source({ url: `https://orders.example/a?q=${reference}` }), { SPEC_TOKEN: 'abc' })
    const found = resolution.kind === 'source' ? resolution.source : null
    expect([
      found?.noted('https://orders.example/b?q=%61bc'),
      found?.shown('https://orders.example/b?q=%61bc'),
    ]).toEqual([null, `a file of https://orders.example/a?q=${reference}`])
  })

  test('also with a variable that is empty', () => {
    const resolution = resolveSource(source({ url: 'https://orders.example/a.yaml?v=${V:-}' }), {})
    const found = resolution.kind === 'source' ? resolution.source : null
    expect(found?.resolved(found.noted(found.url) ?? '')).toBe('https://orders.example/a.yaml?v=')
  })

  test('as a host', () => {
    const resolution = resolveSource(source({ url: 'https://${HOST:-other.example}/a.yaml' }), { HOST: 'Acme.Example' })
    expect(resolution.kind === 'source' && resolution.source.noted('https://acme.example/b.yaml')).toBe(
      'https://${HOST:-other.example}/b.yaml',
    )
  })
})
