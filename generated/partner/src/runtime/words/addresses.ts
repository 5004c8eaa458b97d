import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** A set of IP addresses given as ranges. */
export interface AddressSet {
  /** False for text that is not an address. */
  has(address: string): boolean
}

export interface AddressRange {
  readonly address: string
  readonly prefix: number
  readonly family: 'ipv4' | 'ipv6'
}

/** Results cached per set. Proxies and partners are few, so most look-ups need only the map. */
const rememberedAnswers = 1_024

/**
 * Makes a set of CIDR ranges and single addresses. An IPv4-mapped IPv6 address counts as its IPv4 address in every spelling
 * (rule H2). Throws a `TypeError` that names an invalid range; check ranges with `isAddressRange` first.
 */
export function createAddressSet(ranges: readonly string[]): AddressSet {
  const list = new BlockList()
  for (const text of ranges) {
    const range = parseRange(text)
    if (range === undefined) throw new TypeError(`${JSON.stringify(text)} is neither an IP address nor a CIDR range`)
    list.addSubnet(range.address, range.prefix, range.family)
  }
  if (ranges.length === 0) return { has: () => false }
  const known = new Map<string, boolean>()
  return {
    has(address) {
      let answer = known.get(address)
      if (answer === undefined) {
        const plain = plainAddress(address)
        answer = plain !== undefined && list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
        if (known.size >= rememberedAnswers) known.clear()
        known.set(address, answer)
      }
      return answer
    },
  }
}

/** Whether text is an IP address or a CIDR range. */
export function isAddressRange(text: string): boolean {
  return parseRange(text) !== undefined
}

/**
 * The client's address. `X-Forwarded-For` is read from its right end, one entry for each trusted proxy, up to the first address
 * that is not a trusted proxy's (rule H1). An entry that is not an address ends the search: the entries to its left cannot be
 * trusted.
 */
export function clientAddress(peer: string, forwarded: string | undefined, trusted: AddressSet): string {
  return forwarded === undefined ? (plainAddress(peer) ?? peer) : walk(peer, forwarded, trusted).address
}

/**
 * The entry of another list of the same proxies, such as `X-Forwarded-Proto`, that belongs to the client's address in
 * `X-Forwarded-For`: the one at its position from the right, where both have the same number of entries. Otherwise it is the
 * rightmost, which the nearest proxy wrote. Entries to its left are the client's claim.
 */
export function clientEntry(
  list: string,
  peer: string,
  forwarded: string | undefined,
  trusted: AddressSet,
): string | undefined {
  if (!list.includes(',')) return list.trim()
  const entries = list.split(',')
  const together = forwarded !== undefined && forwarded.split(',').length === entries.length
  const position = together ? Math.max(1, walk(peer, forwarded, trusted).position) : 1
  return entries.at(-position)?.trim()
}

/** `position`: of the entry with the address, counted from the right; 0: the peer's own address. */
function walk(peer: string, forwarded: string, trusted: AddressSet): { address: string; position: number } {
  let address = plainAddress(peer) ?? peer
  let position = 0
  let end = forwarded.length
  while (end >= 0 && trusted.has(address)) {
    const comma = end === 0 ? -1 : forwarded.lastIndexOf(',', end - 1)
    const entry = plainAddress(withoutPort(forwarded.slice(comma + 1, end).trim()))
    if (entry === undefined) break
    address = entry
    position++
    end = comma
  }
  return { address, position }
}

/**
 * The network that limits are counted for: an IPv4 address (also when embedded in an IPv6 address, RFC 4291 section 2.5.5.2 and
 * RFC 6052 section 2.1), or the /64 of an IPv6 address, because one host can use a whole /64. Other text is returned unchanged.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address)
  if (plain === undefined || isIPv4(plain)) return plain ?? address
  const groups = groupsOf(plain)
  if (groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0)) {
    return embeddedIPv4(groups)
  }
  return groups.slice(0, 4).map(hexadecimal).join(':') + '::/64'
}

/** Reads an address or a CIDR range; `undefined` for other text. */
export function parseRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/')
  const written = slash === -1 ? text : text.slice(0, slash)
  const address = plainAddress(written)
  if (address === undefined || written.includes('%')) return undefined
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  const widest = family === 'ipv4' ? 32 : 128
  if (slash === -1) return { address, prefix: widest, family }
  const length = text.slice(slash + 1)
  if (!/^(0|[1-9][0-9]{0,2})$/.test(length)) return undefined
  // `::ffff:10.0.0.0/104` is 10.0.0.0/8.
  const prefix = Number(length) - (family === 'ipv4' && written.includes(':') ? 96 : 0)
  return prefix < 0 || prefix > widest ? undefined : { address, prefix, family }
}

/** An address without its zone; an IPv4-mapped address as IPv4. `undefined` for text that is not an address. */
function plainAddress(text: string): string | undefined {
  if (isIPv4(text)) return text
  if (!isIPv6(text)) return undefined
  const zone = text.indexOf('%')
  const address = zone === -1 ? text : text.slice(0, zone)
  const groups = groupsOf(address)
  const mapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
  return mapped ? embeddedIPv4(groups) : address
}

/** Removes the port of the peer, which some proxies append to its address. */
function withoutPort(entry: string): string {
  const bracketed = /^\[([^\]]*)\](?::[0-9]+)?$/.exec(entry)
  if (bracketed !== null) return bracketed[1] ?? ''
  const colon = entry.indexOf(':')
  return colon !== -1 && colon === entry.lastIndexOf(':') ? entry.slice(0, colon) : entry
}

/** The eight groups of a valid IPv6 address without zone. */
export function groupsOf(address: string): readonly number[] {
  const gap = address.indexOf('::')
  if (gap === -1) return groupsIn(address)
  const before = groupsIn(address.slice(0, gap))
  const after = groupsIn(address.slice(gap + 2))
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}

function groupsIn(part: string): readonly number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [a * 256 + b, c * 256 + d]
  })
}

function embeddedIPv4(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function hexadecimal(group: number): string {
  return group.toString(16)
}
