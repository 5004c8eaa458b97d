import { expect, test } from '@jest/globals'
import { callerKey } from '../../../templates/runtime/access/callerKey.ts'

test.each([
  [{ principal: { issuer: 'https://idp.example', subject: 'ada' }, address: '192.0.2.1' }, 'https://idp.example ada'],
  [{ principal: null, address: '192.0.2.1' }, '192.0.2.1'],
  [{ principal: null, address: '2001:db8:1:2:3:4:5:6' }, '2001:db8:1:2::/64'],
])('a caller is named by its principal, or by its network: %j', (caller, key) => {
  expect(callerKey(caller)).toBe(key)
})
