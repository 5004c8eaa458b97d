export interface Link {
  readonly target: string
  /** The value of `anchor`; `null`: it has none. */
  readonly context: string | null
  /** In lower case; those of the first `rel`. */
  readonly relations: readonly string[]
}

export interface Links {
  readonly links: readonly Link[]
  /** False: something is malformed, and was skipped. */
  readonly regular: boolean
}

/** Reads a `Link` field as RFC 8288 appendix B says. Links without a relation are none. */
export function readLinks(field: string): Links {
  let rest = field
  let regular = true
  const found: Link[] = []
  const take = (pattern: RegExp): string => {
    const [text = ''] = pattern.exec(rest) ?? []
    rest = rest.slice(text.length)
    return text
  }
  const skip = (pattern: RegExp): void => {
    if (take(pattern) !== '') regular = false
  }
  const quotedString = (): string => {
    let text = ''
    take(/^"/)
    while (rest !== '' && !rest.startsWith('"')) text += take(/^(?:\\.|\\$|[^"\\])/s).replace(/^\\/, '')
    if (take(/^"/) === '') regular = false
    return text
  }
  const token = (pattern: RegExp): string => {
    const text = take(pattern).trim()
    if (!/^[!#$%&'*+.^_`|~\w-]*$/.test(text)) regular = false
    return text
  }
  const parameters = (): ReadonlyMap<string, string> => {
    const first = new Map<string, string>()
    for (take(/^[ \t]*/); rest.startsWith(';'); take(/^[ \t]*/)) {
      take(/^;[ \t]*/)
      const name = token(/^[^ \t=;,]*/).toLowerCase()
      take(/^[ \t]*/)
      let value = ''
      if (rest.startsWith('=')) {
        take(/^=[ \t]*/)
        value = rest.startsWith('"') ? quotedString() : token(/^[^;,]*/)
      }
      if (name !== '' && !first.has(name)) first.set(name, value)
    }
    return first
  }
  while (rest !== '') {
    take(/^[ \t,]*/)
    if (!rest.startsWith('<') || !rest.includes('>')) {
      skip(/^[^,]+/)
      continue
    }
    const target = take(/^<[^>]*>/).slice(1, -1)
    const own = parameters()
    skip(/^[^,]*/)
    const relations = (own.get('rel') ?? '')
      .toLowerCase()
      .split(/[ \t]+/)
      .filter((one) => one !== '')
    if (relations.length > 0) found.push({ target, context: own.get('anchor') ?? null, relations })
  }
  return { links: found, regular }
}
