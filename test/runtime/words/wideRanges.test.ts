import { expect, test } from '@jest/globals'
import { createAddressSet, isAddressRange } from '../../../templates/runtime/words/addresses.ts'
import { wideFamilies } from '../../../templates/runtime/words/wideRanges.ts'

const parts = (count: number, prefix: number) =>
  Array.from({ length: count }, (_, index) => `${(index * 256) / 2 ** prefix}.0.0.0/${prefix}`)

test.each<[string, readonly string[], readonly string[]]>([
  ['all of IPv4', ['0.0.0.0/0'], ['IPv4']],
  ['all of IPv4, from any address in it', ['10.1.2.3/0'], ['IPv4']],
  ['all of IPv4, as mapped addresses', ['::ffff:0:0/96'], ['IPv4']],
  ['all of IPv4, in a range of IPv6', ['::/80'], ['IPv4']],
  ['all of IPv4, in a network of IPv6', ['::1/64'], ['IPv4']],
  ['half of an eighth in each form', [...parts(16, 8), '::ffff:16.0.0.0/100'], ['IPv4']],
  ['all of IPv6', ['::/0'], ['IPv4', 'IPv6']],
  ['all of IPv6, written out', ['0:0:0:0:0:0:0:0/0'], ['IPv4', 'IPv6']],
  ['all that hosts have of IPv6', ['2000::/3'], ['IPv6']],
  ['both', ['::/0', '0.0.0.0/0'], ['IPv4', 'IPv6']],
  ['two halves of IPv4', ['0.0.0.0/1', '128.0.0.0/1'], ['IPv4']],
  ['one half of IPv4', ['128.0.0.0/1'], ['IPv4']],
  ['two halves of IPv6', ['::/1', '8000::/1'], ['IPv4', 'IPv6']],
  ['two halves of what hosts have of IPv6', ['2000::/4', '3000::/4'], ['IPv6']],
  ['quarters of IPv4', parts(4, 2), ['IPv4']],
  ['32 ranges that are an eighth together', parts(32, 8), ['IPv4']],
  ['31 ranges that are less', parts(31, 8), []],
  ['overlapping ranges, counted once', [...parts(31, 8), ...parts(31, 8), '10.0.0.0/9'], []],
  ['private networks', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8', '::1', '127.0.0.0/8'], []],
  ['a network of a cloud', ['2600:1f00::/24', '52.0.0.0/10'], []],
  ['half of IPv6 without the addresses of hosts', ['8000::/1'], []],
  ['single addresses', ['0.0.0.0', '::', '2000::'], []],
  ['text that is not a range', ['', '0.0.0.0/33', 'localhost'], []],
  ['nothing', [], []],
])('ranges that contain callers (rule H1): %s', (_, ranges, want) => {
  expect(wideFamilies(ranges)).toEqual(want)
  const trusted = createAddressSet(ranges.filter(isAddressRange))
  if (want.includes('IPv4'))
    expect(Array.from({ length: 256 }, (_, n) => `${n}.0.0.0`).some((address) => trusted.has(address))).toBe(true)
})
