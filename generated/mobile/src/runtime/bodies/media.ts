import { isAscii, isUtf8 } from 'node:buffer'
import { isJson } from '../words/mediaTypes.ts'

/** A parsed media type (RFC 9110 section 8.3.1). */
export interface MediaType {
  /** Type and subtype, lower case; either may be `*` in a range. */
  readonly essence: string
  /** Names in lower case, values unquoted. */
  readonly parameters: ReadonlyMap<string, string>
}

const token = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y
const quoted = /"(?:[\t \x21\x23-\x5b\x5d-\x7e]|\\[\t \x21-\x7e])*"/y
const space = /[\t ]*/y

/** Parses a media type or range; `null` for anything else, also for a repeated parameter. */
export function parseMediaType(text: string): MediaType | null {
  let at = 0
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    at += found?.length ?? 0
    return found
  }
  take(space)
  const type = take(token)
  if (type === null || text[at] !== '/') return null
  at += 1
  const subtype = take(token)
  if (subtype === null) return null
  const parameters = new Map<string, string>()
  for (;;) {
    take(space)
    if (at >= text.length) return { essence: `${type}/${subtype}`.toLowerCase(), parameters }
    if (text[at] !== ';') return null
    at += 1
    take(space)
    if (at >= text.length || text[at] === ';') continue
    const name = take(token)?.toLowerCase()
    if (name === undefined || text[at] !== '=' || parameters.has(name)) return null
    at += 1
    const value = take(token) ?? take(quoted)
    if (value === null) return null
    parameters.set(name, value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value)
  }
}

export interface MediaEntry<T> {
  /** As documented. */
  readonly name: string
  readonly value: T
}

/**
 * Finds the documented entry for a media type, the most specific first: same parameters, same type, `type/*`, any. `charset` is
 * ignored. Another parameter that does not match excludes an entry, unless it is the only one of its type.
 */
export function mediaTable<T>(content: readonly MediaEntry<T>[]): (media: MediaType) => MediaEntry<T> | null {
  const rows = content.flatMap((entry) => {
    const media = parseMediaType(entry.name)
    return media === null ? [] : [{ entry, ...media }]
  })
  const score = (row: (typeof rows)[number], media: MediaType): number => {
    if (row.essence === '*/*') return 1
    if (row.essence.endsWith('/*')) return media.essence.startsWith(row.essence.slice(0, -1)) ? 2 : 0
    if (row.essence !== media.essence) return 0
    const told = [...row.parameters].filter(([name]) => name !== 'charset')
    if (told.every(([name, value]) => media.parameters.get(name) === value)) return 4 + told.length
    return rows.filter((other) => other.essence === row.essence).length === 1 ? 3 : 0
  }
  return (media) => {
    let best: MediaEntry<T> | null = null
    let most = 0
    for (const row of rows) {
      const points = score(row, media)
      if (points > most) {
        best = row.entry
        most = points
      }
    }
    return best
  }
}

/** The charsets of texts that a gateway reads. US-ASCII is a part of UTF-8. */
export type Charset = 'utf-8' | 'us-ascii'

const charsets: ReadonlyMap<string, Charset> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
])

/** The charset of text of this media type, UTF-8 if it names none; `null`: one that gateways do not read. */
export function charsetOf(media: MediaType): Charset | null {
  return charsetNamed(media.parameters.get('charset') ?? 'utf-8')
}

export function charsetNamed(name: string): Charset | null {
  return charsets.get(name.trim().toLowerCase()) ?? null
}

/** What is wrong with text in a charset; `null`: nothing. Services may read other bytes by another charset than the named one. */
export function charsetFault(bytes: Buffer, charset: Charset | null): string | null {
  if (charset === null) return 'has a charset that is not accepted'
  if (charset === 'us-ascii') return isAscii(bytes) ? null : 'is not valid US-ASCII'
  return isUtf8(bytes) ? null : 'is not valid UTF-8'
}

/** Whether the media type is JSON by its name. */
export function isJsonMedia(media: MediaType): boolean {
  return isJson(media.essence)
}
