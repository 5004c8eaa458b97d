import { expect, test } from '@jest/globals'
import { shellQuoted, shellWord } from '../../../generator/support/index.ts'

test.each([
  ['specs/orders.yaml', 'specs/orders.yaml'],
  ['a b', "'a b'"],
  ['$HOME', "'$HOME'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('%j is the word %s of a shell', (text, word) => {
  expect(shellWord(text)).toBe(word)
})

test('is quoted where quotes are wanted always', () => {
  expect(shellQuoted('a')).toBe("'a'")
})
