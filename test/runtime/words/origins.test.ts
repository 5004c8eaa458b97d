import { expect, test } from '@jest/globals'
import { isOrigin } from '../../../templates/runtime/words/origins.ts'

test.each([
  ['https://shop.example', true],
  ['http://localhost:3000', true],
  ['http://my_host:3000', true],
  ['http://[::1]:3000', true],
  ['https://xn--bcher-kva.example', true],
  ['capacitor://localhost', true],
  ['ionic://localhost', true],
  ['chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb', true],
  ['https://shop.example/', false],
  ['https://shop.example/a', false],
  ['https://Shop.example', false],
  ['HTTPS://shop.example', false],
  ['https://b\u00fccher.example', false],
  ['https://shop.example:443', false],
  ['http://shop.example:80', false],
  ['http://shop.example:65536', false],
  ['http://user@shop.example', false],
  ['http://1.2.3', false],
  ['capacitor://localhost/', false],
  ['capacitor://Localhost', false],
  ['capacitor://', false],
  ['*', false],
  ['https://*.shop.example', false],
  ['null', false],
  ['shop.example', false],
  ['file:///a', false],
  ['file://host', false],
  ['blob://host', false],
  ['', false],
])('%s is an origin: %s', (text, want) => {
  expect(isOrigin(text)).toBe(want)
})
