import { expect, test } from '@jest/globals'
import { isAuthority } from '../../../templates/runtime/words/authorities.ts'

test.each([
  ['shop.example', true],
  ['SHOP.example:8443', true],
  ['shop.example.', true],
  ['my_host', true],
  ['_dmarc.example', true],
  ['localhost:4100', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['[fd00::1]:443', true],
  ['[::ffff:10.0.0.1]', true],
  ['', false],
  ['.', false],
  ['-', false],
  ['a..b', false],
  ['.a', false],
  ['::1', false],
  ['[::1', false],
  ['[::g]', false],
  ['[1.2.3.4]', false],
  ['shop.example:', false],
  ['shop.example:0', false],
  ['shop.example:080', false],
  ['shop.example:65536', false],
  ['https://shop.example', false],
  ['shop.example/', false],
  ['user@shop.example', false],
  ['a b', false],
  ['*', false],
])('%s is an authority: %s', (text, want) => {
  expect(isAuthority(text)).toBe(want)
})
