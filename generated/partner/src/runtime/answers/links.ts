/** A target of a link as the client may see it; `null`: the client has no route for it. */
export type TargetOf = (address: string) => string | null

/** One link of a `Link` field (RFC 8288 section 3). */
interface LinkValue {
  readonly target: string
  readonly parameters: readonly LinkParameter[]
}

interface LinkParameter {
  /** In lower case. */
  readonly name: string
  /** As written, with its quotes; `null`: a name without a value. */
  readonly raw: string | null
}

const token = /[!#$%&'*+.^_`|~\w-]+/y
/** A value that is not in quotes: more than a token, such as `type=text/html`, is often sent. */
const bare = /[^\s;,"<>\\]+/y
const quotedString = /"(?:[^"\\]|\\.)*"/y
const space = /[ \t]*/y
/** Up to the comma that ends a link. Commas in addresses and in quoted strings do not end it. */
const rest = /(?:[^,"<]|<[^>]*>?|"(?:[^"\\]|\\.)*"?)*/y

/** The part of an address behind `#`, which browsers do not send. */
const fragment = /^#[\w\-.~!$&'()*+,;=:@/?%]*$/

const isToken = /^[!#$%&'*+.^_`|~\w-]+$/

/**
 * Parameters that are kept: those of RFC 8288, of HTML and of usual lists in pages, without those that contain addresses, such as `imagesrcset`, and those that
 * some readers take for the parameter without `*`.
 */
const kinds: ReadonlySet<string> = new Set([
  ...['rel', 'rev', 'anchor', 'title', 'title*', 'type', 'hreflang', 'media', 'as', 'crossorigin', 'fetchpriority'],
  ...['results', 'cursor'],
])

/**
 * Rewrites the links of a service's `Link` to addresses of the gateway. Links are left out whose target is not a route of the client, or
 * whose context (`anchor`) is not; that have no relation; or that are malformed. Parameters with `<` or `>` are left out: many readers
 * split a field at `, <`, within quotes as well, and would find a link there. `null`: none is left.
 */
export function rewriteLinks(line: string, targetOf: TargetOf): string | null {
  const links = parseLinks(line).flatMap(({ target, parameters }) => {
    const own = rewritten(target, targetOf)
    const kept = ownParameters(parameters, targetOf)
    return own === null || kept === null ? [] : [[`<${own}>`, ...kept].join('; ')]
  })
  return links.length === 0 ? null : links.join(', ')
}

/** Of a parameter that may occur once, the first counts (RFC 8288 section 3.3). `null`: the link is not for this client. */
function ownParameters(parameters: readonly LinkParameter[], targetOf: TargetOf): readonly string[] | null {
  const kept: string[] = []
  const seen = new Set<string>()
  for (const { name, raw } of parameters) {
    if (!kinds.has(name) || (seen.has(name) && name !== 'hreflang')) continue
    const isSplit = raw !== null && /[<>]/.test(raw)
    if (name === 'rel' && (isSplit || raw === null || unquoted(raw).trim() === '')) return null
    if (isSplit && name !== 'anchor') continue
    seen.add(name)
    const own = name === 'anchor' ? anchorOf(raw, targetOf) : raw
    if (name === 'anchor' && own === null) return null
    kept.push(own === null ? name : `${name}=${own}`)
  }
  return seen.has('rel') ? kept : null
}

function anchorOf(raw: string | null, targetOf: TargetOf): string | null {
  const own = raw === null ? null : rewritten(unquoted(raw), targetOf)
  return own === null ? null : `"${own}"`
}

function rewritten(address: string, targetOf: TargetOf): string | null {
  const at = address.indexOf('#')
  const part = at < 0 ? '' : address.slice(at)
  if (part !== '' && !fragment.test(part)) return null
  // An empty reference is the address of the answer itself (RFC 3986 section 4.4).
  const own = targetOf(at < 0 ? address || '#' : address.slice(0, at) || '#')
  return own === null ? null : own + part
}

function parseLinks(line: string): readonly LinkValue[] {
  const links: LinkValue[] = []
  let at = 0
  const skip = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(line)
    if (found !== null) at = pattern.lastIndex
    return found === null ? null : found[0]
  }
  const take = (character: string): boolean => {
    if (line[at] !== character) return false
    at += 1
    return true
  }
  const parameter = (): LinkParameter | null => {
    skip(space)
    const name = skip(token)?.toLowerCase()
    if (name === undefined) return null
    skip(space)
    if (!take('=')) return { name, raw: null }
    skip(space)
    const quoted = skip(quotedString)
    if (quoted !== null) return { name, raw: quoted }
    const raw = skip(bare)
    if (raw === null) return null
    // Several relation types, and those that are URLs, stand in quotes (RFC 8288 section 3.3).
    return { name, raw: isToken.test(raw) ? raw : name === 'rel' ? null : `"${raw}"` }
  }
  const link = (): LinkValue | null => {
    const end = take('<') ? line.indexOf('>', at) : -1
    if (end < 0) return null
    const target = line.slice(at, end)
    at = end + 1
    const parameters: LinkParameter[] = []
    for (skip(space); take(';'); skip(space)) {
      skip(space)
      // An empty parameter is allowed (RFC 8288 appendix B.3).
      if (line[at] === ';' || line[at] === ',' || at >= line.length) continue
      const found = parameter()
      if (found === null) return null
      parameters.push(found)
    }
    return at >= line.length || line[at] === ',' ? { target: target.trim(), parameters } : null
  }

  while (at < line.length) {
    skip(space)
    if (take(',')) continue
    const start = at
    const found = at < line.length ? link() : null
    if (found !== null) links.push(found)
    else {
      at = start
      skip(rest)
    }
    // A character that begins nothing.
    if (at === start) at += 1
  }
  return links
}

function unquoted(raw: string): string {
  return raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw
}
