import { type AddressRange, groupsOf, parseRange } from './addresses.ts'

/** The IPv4 addresses as IPv6 addresses, `::ffff:0:0/96` (RFC 4291 section 2.5.5.2): a range of IPv6 such as `::/80` contains them too. */
const mapped = 0xffffn << 32n

/** The addresses that hosts on the internet have: all of IPv4, and `2000::/3` of IPv6 (RFC 4291 section 2.4). */
const spaces = [
  { name: 'IPv4', from: mapped, until: mapped + (1n << 32n) },
  { name: 'IPv6', from: 1n << 125n, until: 1n << 126n },
] as const

interface Interval {
  readonly from: bigint
  readonly until: bigint
}

/**
 * The families of which the ranges together contain an eighth or more of all addresses: such ranges name callers and not proxies,
 * so callers could choose the address that they are known by. Empty for usual ranges. Text that is not a range is ignored.
 */
export function wideFamilies(ranges: readonly string[]): readonly ('IPv4' | 'IPv6')[] {
  const intervals = ranges.flatMap((text) => parseRange(text) ?? []).map(intervalOf)
  return spaces.filter((space) => covered(intervals, space) * 8n >= space.until - space.from).map(({ name }) => name)
}

/** How many addresses of the space are in one of the intervals. */
function covered(intervals: readonly Interval[], space: Interval): bigint {
  let total = 0n
  let end = space.from
  for (const { from, until } of [...intervals].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    let start = from
    let stop = until
    if (start < end) start = end
    if (stop > space.until) stop = space.until
    if (stop <= start) continue
    total += stop - start
    end = stop
  }
  return total
}

function intervalOf({ address, prefix, family }: AddressRange): Interval {
  const isIPv4 = family === 'ipv4'
  const value = isIPv4 ? mapped + numberOf(address.split('.').map(Number), 8n) : numberOf(groupsOf(address), 16n)
  const size = 1n << BigInt((isIPv4 ? 32 : 128) - prefix)
  const from = value - (value % size)
  return { from, until: from + size }
}

function numberOf(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((sum, part) => (sum << bits) | BigInt(part), 0n)
}
