import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  clientAddress,
  createAddressSet,
  isAddressRange,
  networkOf,
} from '../../../templates/runtime/words/addresses.ts'

describe('a set of addresses', () => {
  const set = createAddressSet(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::1', '::ffff:172.16.0.0/108'])

  test.each([
    ['10.1.2.3', true],
    ['11.0.0.0', false],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['2001:db8:1::1', true],
    ['2001:db9::1', false],
    ['::1', true],
    ['172.16.5.5', true],
    ['172.32.0.1', false],
    // One IPv4 address in other notations (rule H2)
    ['::ffff:10.1.2.3', true],
    ['::ffff:a01:203', true],
    ['0:0:0:0:0:FFFF:0a01:0203', true],
    ['::FFFF:11.0.0.0', false],
    // Not the same address: IPv4-compatible addresses are obsolete, 6to4 is another network
    ['::10.1.2.3', false],
    ['2002:0a01:0203::', false],
    // Not addresses
    ['', false],
    ['10.1.2', false],
    ['010.1.2.3', false],
    ['10.1.2.3:80', false],
    ['10.1.2.3 ', false],
    ['localhost', false],
  ])('%s: %s', (address, want) => {
    expect(set.has(address)).toBe(want)
    expect(set.has(address)).toBe(want)
  })

  test('without ranges it is empty', () => {
    expect(createAddressSet([]).has('127.0.0.1')).toBe(false)
  })

  test('/0 contains every address of its family', () => {
    expect(createAddressSet(['0.0.0.0/0']).has('203.0.113.9')).toBe(true)
    expect(createAddressSet(['0.0.0.0/0']).has('2001:db8::1')).toBe(false)
  })

  test.each([
    '',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0.0/08',
    '::/129',
    'fe80::1%eth0',
    '::ffff:10.0.0.0/8',
    'example.com',
    '10.0.0.*',
  ])('refuses %j as a range', (range) => {
    expect(isAddressRange(range)).toBe(false)
    expect(() => createAddressSet([range])).toThrow(TypeError)
  })

  test('rule H2: every notation of a mapped address is the IPv4 address', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
        const groups = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
        const one = createAddressSet([address])
        return one.has(`::ffff:${address}`) && one.has(`::ffff:${groups}`) && one.has(`0:0:0:0:0:ffff:${groups}`)
      }),
    )
  })
})

describe('rule H1: the address of a client', () => {
  const trusted = createAddressSet(['10.0.0.0/8', '2001:db8::/32'])

  test.each([
    ['no proxy', '203.0.113.9', undefined, '203.0.113.9'],
    ['a header that nobody trusted sent', '203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['one proxy', '10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['a forged entry before the true one', '10.0.0.1', '1.2.3.4, 203.0.113.9', '203.0.113.9'],
    ['two proxies', '10.0.0.1', '1.2.3.4, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['a forged entry that looks like a proxy', '10.0.0.1', '10.9.9.9, 203.0.113.9', '203.0.113.9'],
    ['nothing but proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['a proxy that added nothing', '10.0.0.1', undefined, '10.0.0.1'],
    ['an empty header', '10.0.0.1', '', '10.0.0.1'],
    ['an entry that is no address', '10.0.0.1', '1.2.3.4, unknown', '10.0.0.1'],
    ['an entry that is no address behind a proxy', '10.0.0.1', '1.2.3.4, _hidden, 10.0.0.2', '10.0.0.2'],
    ['an empty entry', '10.0.0.1', '1.2.3.4,,10.0.0.2', '10.0.0.2'],
    ['a leading comma', '10.0.0.1', ',10.0.0.2', '10.0.0.2'],
    ['a port', '10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['IPv6 in brackets with a port', '10.0.0.1', '[2001:db9::1]:4711', '2001:db9::1'],
    ['IPv6 without brackets', '10.0.0.1', '2001:db9::1', '2001:db9::1'],
    ['a mapped peer', '::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['a mapped peer without a proxy', '::ffff:203.0.113.9', undefined, '203.0.113.9'],
    ['a mapped entry', '10.0.0.1', '::ffff:cb00:7109', '203.0.113.9'],
    ['no spaces, many spaces', '10.0.0.1', '1.2.3.4,203.0.113.9  ,   10.0.0.2', '203.0.113.9'],
  ])('%s', (_name, peer, forwarded, want) => {
    expect(clientAddress(peer, forwarded, trusted)).toBe(want)
  })

  test('a client cannot change it, if proxies append the address that they see', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), (sent, address) => {
        fc.pre(!trusted.has(address))
        return clientAddress('10.0.0.1', `${sent}, ${address}`, trusted) === address
      }),
    )
  })
})

describe('rule H2: the network for which failures are counted', () => {
  test.each([
    ['1.2.3.4', '1.2.3.4'],
    ['::ffff:102:304', '1.2.3.4'],
    ['64:ff9b::1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2:ffff::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s', (address, want) => {
    expect(networkOf(address)).toBe(want)
  })
})
