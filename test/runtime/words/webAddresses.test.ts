import { expect, test } from '@jest/globals'
import { addressFault, endpointFault, isLoopback } from '../../../templates/runtime/words/webAddresses.ts'

test.each([
  ['http://127.0.0.1:4101', null],
  ['https://api.example.com/v1', null],
  ['HTTPS://api.example.com', null],
  ['http://h/@api', null],
  ['http://h/a:b@c', null],
  ['http://[::1]:80/', null],
  ['', 'does not begin with http:// or https://'],
  ['ftp://h', 'does not begin with http:// or https://'],
  ['http:h', 'does not begin with http:// or https://'],
  ['//h', 'does not begin with http:// or https://'],
  [' http://h', 'does not begin with http:// or https://'],
  ['http://', 'cannot be read'],
  ['http://h:99999', 'cannot be read'],
  ['http://h\\a', 'cannot be read'],
  ['http://h/a b', 'cannot be read'],
  ['http://h\n', 'cannot be read'],
  ['http://user@h', 'has user information in it'],
  ['http://user:secret@h/v1', 'has user information in it'],
  ['http://@h', 'has user information in it'],
  ['http:///user:secret@h', 'has user information in it'],
  ['http:////u:p@h', 'has user information in it'],
  ['https:///u@h/v1?a#b', 'has user information in it'],
  ['http:///h', 'cannot be read'],
  ['http:////h/v1', 'cannot be read'],
  ['http:///@h', 'cannot be read'],
  ['http:///:@h', 'cannot be read'],
  ['http:\\\\u:p@h', 'does not begin with http:// or https://'],
  ['http:/\\u:p@h', 'does not begin with http:// or https://'],
  ['http:/u:p@h', 'does not begin with http:// or https://'],
  ['http:/\t/u:p@h', 'does not begin with http:// or https://'],
  ['ht\ntp://u:p@h', 'does not begin with http:// or https://'],
  ['http://\\u:p@h', 'cannot be read'],
  ['http:///\\u:p@h', 'cannot be read'],
  ['http://\tu:p@h', 'cannot be read'],
  ['http:///u:\np@h', 'cannot be read'],
  ['http://h?', 'has a query'],
  ['http://h/v1?a=b', 'has a query'],
  ['http://h#', 'has a fragment'],
  ['http://h?a#b', 'has a fragment'],
])('the address %j: %s', (text, want) => {
  expect(addressFault(text)).toBe(want)
})

test('an endpoint may have a query, but otherwise only what an address may have', () => {
  expect(endpointFault('https://id.example/token?p=b2c')).toBeNull()
  expect(endpointFault('https://id.example/token?p=b2c#a')).toBe('has a fragment')
  expect(endpointFault('https://user@id.example/token')).toBe('has user information in it')
})

test.each([
  ['localhost', true],
  ['a.localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['10.0.0.1', false],
  ['localhost.', true],
  ['127.0.0.1.nip.io', false],
  ['127.example', false],
  ['mylocalhost', false],
  ['localhost.example', false],
])('%s is loopback: %s', (hostname, want) => {
  expect(isLoopback(hostname)).toBe(want)
})
