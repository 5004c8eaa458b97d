import type { IncomingMessage } from 'node:http'

/**
 * Entity tags (RFC 9110 section 8.8.3) of answers that are projected: two contracts make two contents of one answer of a service, so
 * the tag gets the identity of the projection as a suffix. Services get and compare their own tags only.
 */
export interface EntityTags {
  /**
   * Restores the service's tags in the preconditions of a request. In `If-None-Match` of GET and HEAD a tag of another projection is
   * left out: the client has another content. If none is left, `If-Modified-Since` is left out too: it does not count beside
   * `If-None-Match` (RFC 9110 section 13.1.3), and would confirm that content. In `If-Match`, and in `If-None-Match` of other
   * methods, every suffix is removed, since the field protects the state of the resource; the field is never dropped.
   */
  restore(req: Pick<IncomingMessage, 'method' | 'headers'>): void
  /** The tag of a 304: with the suffix that the client sent it with. */
  confirmed(tag: string, req: Pick<IncomingMessage, 'rawHeaders'>): string
}

const start = '~gw-'
const suffix = /~gw-([0-9a-f]{12})"$/
/** Also of a tag that a client sends without its quotes, which some services accept. */
const suffixes = /~gw-[0-9a-f]{12}(?="|[\t ]*(?:,|$))/g
const wellFormed = /^(?:W\/)?"[!#-~\x80-\xff]*"$/
const each = /(?:W\/)?"[^"]*"/g

/** A tag with the identity of a projection: 12 hexadecimal digits. Text that is not a tag stays unchanged. */
export function markTag(tag: string, id: string): string {
  return wellFormed.test(tag) ? `${tag.slice(0, -1)}${start}${id}"` : tag
}

/** Makes the entity tags of a route. `ids`: the identities of the projections of its answers, called once, and only if a tag needs them. */
export function createEntityTags(ids: () => ReadonlySet<string>): EntityTags {
  let known: ReadonlySet<string> | null = null
  const own = (): ReadonlySet<string> => {
    known ??= ids()
    return known
  }

  const kept = (field: string): string | null => {
    const tags = [...field.matchAll(each)].flatMap(([tag]) => {
      const id = suffix.exec(tag)?.[1]
      if (id === undefined) return [tag]
      return own().has(id) ? [tag.replace(suffixes, '')] : []
    })
    return tags.length === 0 ? null : tags.join(', ')
  }

  return {
    restore({ method, headers }) {
      const match = headers['if-match']
      if (match?.includes(start)) headers['if-match'] = match.replace(suffixes, '')
      const noneMatch = headers['if-none-match']
      if (!noneMatch?.includes(start)) return
      const left = method === 'GET' || method === 'HEAD' ? kept(noneMatch) : noneMatch.replace(suffixes, '')
      if (left === null) {
        delete headers['if-none-match']
        delete headers['if-modified-since']
      } else headers['if-none-match'] = left
    },
    confirmed(tag, { rawHeaders }) {
      const [first, ...others] = own()
      if (first === undefined) return tag
      const sent = rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'if-none-match')
      const isSent = (one: string): boolean => sent.some((field) => field.includes(one.replace(/^W\//, '')))
      const marked = [first, ...others].map((id) => markTag(tag, id)).find(isSent)
      return marked ?? (isSent(tag) ? tag : markTag(tag, first))
    },
  }
}
