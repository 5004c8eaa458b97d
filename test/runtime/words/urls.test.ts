import { expect, test } from '@jest/globals'
import { isOrigin } from '../../../templates/runtime/words/origins.ts'
import { parseUrl } from '../../../templates/runtime/words/urls.ts'
import { addressFault } from '../../../templates/runtime/words/webAddresses.ts'

test('a text with characters of Latin-1 is read the same way however often', () => {
  // `URL.canParse` of Node.js 20 changes its answer after some thousand calls.
  const answers = new Set<unknown>()
  for (let i = 0; i < 20_000; i++)
    answers.add(`${parseUrl('http://é.example/ü')?.href} ${addressFault('http://é.example/ü')}`)
  expect([...answers]).toEqual(['http://xn--9ca.example/%C3%BC null'])
})

test.each([
  ['http://h/a', undefined, 'http://h/a'],
  ['../b', 'http://h/a/c', 'http://h/b'],
  ['/é', 'http://h/', 'http://h/%C3%A9'],
  ['a b', undefined, undefined],
  ['http://', undefined, undefined],
])('%s at %s is %s', (text, base, want) => {
  expect(parseUrl(text, base)?.href).toBe(want)
})

test('an origin must be one that `URL` reads', () => {
  expect([isOrigin('https://shop.example'), isOrigin('https://[::g]'), isOrigin('https://1.2.3.256')]).toEqual([
    true,
    false,
    false,
  ])
})
