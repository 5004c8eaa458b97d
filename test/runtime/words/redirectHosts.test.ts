import { expect, test } from '@jest/globals'
import { isLoopback, isRedirectHost, leadsToHost } from '../../../templates/runtime/words/redirectHosts.ts'

test.each([
  ['files.example', true],
  ['FILES.example:8443', true],
  ['localhost:9000', true],
  ['10.0.0.1', true],
  ['[2001:db8::1]:8443', true],
  ['*.files.example', true],
  ['*.files.example:8443', true],
  ['my_bucket.example', true],
  ['', false],
  ['*', false],
  ['*.', false],
  ['*.example', false],
  ['*.*.example', false],
  ['a*.files.example', false],
  ['files.*.example', false],
  ['*.10.0.0.1', false],
  ['*.[::1]', false],
  ['files.example.', false],
  ['127.1', false],
  ['0x7f.0.0.1', false],
  ['https://files.example', false],
  ['files.example/a', false],
  ['user@files.example', false],
  ['files.example:0', false],
  ['b\u00fccher.example', false],
])('%s is an entry of redirectHosts: %s', (text, want) => {
  expect(isRedirectHost(text)).toBe(want)
})

test.each([
  ['https://files.example/a', 'files.example', true],
  ['https://files.example:443/a', 'FILES.example', true],
  ['https://files.example/a', 'files.example:443', true],
  ['https://files.example:8443/a', 'files.example', false],
  ['https://files.example/a', 'files.example:8443', false],
  ['https://a.files.example/a', '*.files.example', true],
  ['https://a.b.files.example:8443/a', '*.files.example:8443', true],
  ['https://files.example/a', '*.files.example', false],
  ['https://evilfiles.example/a', '*.files.example', false],
  ['https://files.example.evil.example/a', 'files.example', false],
])('%s leads to %s: %s', (location, host, want) => {
  expect(leadsToHost(new URL(location), [host])).toBe(want)
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['10.0.0.1', false],
  ['127.0.0.1.example', false],
  ['localhost.example', false],
])('%s is this machine: %s', (hostname, want) => {
  expect(isLoopback(hostname)).toBe(want)
})
