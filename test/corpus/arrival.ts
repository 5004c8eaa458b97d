import { plain } from '../../generator/dev/json.ts'
import type { SampleRequest } from '../../generator/dev/requests.ts'
import type { ReceivedRequest } from '../../generator/dev/simulator.ts'
import { writePath } from '../../templates/runtime/parameters/writing/writers.ts'
import type { Credential, OperationSchemas, ParameterSchema, Route } from '../../templates/runtime/vocabulary.ts'
import { headerUse } from '../../templates/runtime/words/headers.ts'

/**
 * Differences in meaning between the request that a client sent and the one that the service received; empty if there
 * are none. Both are parsed in the same way: split at delimiters before decoding. Order is compared only where it
 * matters. `own`: the cookies that the gateway itself adds.
 */
export function differences(
  sent: SampleRequest,
  received: ReceivedRequest,
  { action }: { readonly action: Pick<Route['action'], 'method' | 'path'> },
  operation: OperationSchemas,
  own: OwnCookies = noCookies,
): readonly string[] {
  const [path = '', query = ''] = received.url.split('?', 2)
  const [template = '', fixed = ''] = action.path.split('?', 2)
  return [
    ...differ('method', action.method, received.method),
    ...differ('path', canonicalPath(filled(template, sent, operation)), canonicalPath(path)),
    ...differ(
      'query',
      canonicalQuery([fixed, sent.target.split('?')[1] ?? ''].filter((text) => text !== '').join('&'), operation),
      canonicalQuery(query, operation),
    ),
    ...Object.keys(operation.header)
      .filter(isPassed)
      .flatMap((name) =>
        differ(
          `header ${name}`,
          canonicalField(sent.headers[name.toLowerCase()]),
          canonicalField(received.headers[name.toLowerCase()]),
        ),
      ),
    ...differ(
      'cookies',
      canonicalCookies(sent.headers['cookie']),
      withoutOwn(canonicalCookies(received.headers.cookie), canonicalCookies(sent.headers['cookie']), own),
    ),
    // The body of a form without fields is empty.
    ...(sent.body === null || sent.body.length === 0
      ? []
      : differ('media type', essence(sent.headers['content-type']), essence(received.headers['content-type']))),
    ...differ(
      'body',
      canonicalBody(sent.headers['content-type'], sent.body),
      canonicalBody(received.headers['content-type'], received.body),
    ),
  ]
}

function differ(what: string, sent: unknown, received: unknown): readonly string[] {
  const [a, b] = [JSON.stringify(sent), JSON.stringify(received)]
  return a === b ? [] : [`${what}: sent ${shortened(a)}, received ${shortened(b)}`]
}

function shortened(text: string | undefined): string {
  const all = text ?? 'nothing'
  return all.length > 300 ? `${all.slice(0, 300)}... (${all.length})` : all
}

function filled(template: string, sent: SampleRequest, { path }: OperationSchemas): string {
  return template.replace(/\{([^}]*)\}/g, (whole, name: string) => {
    const parameter = path[name]
    return parameter === undefined ? whole : (writePath(name, parameter, plain(sent.values.path[name])) ?? whole)
  })
}

/**
 * Decodes escapes of characters that have no special meaning. Characters that a style or a server might treat as
 * delimiters stay escaped.
 */
function canonicalPath(path: string): string {
  return path.replace(/%([0-9A-Fa-f]{2})/g, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return /[A-Za-z0-9_.~!$&'()*+:@-]/.test(character) ? character : escaped.toUpperCase()
  })
}

/**
 * Names with all their values in order, sorted by name. Each value is split at the style's delimiter and then decoded.
 */
function canonicalQuery(query: string, { query: parameters }: Pick<OperationSchemas, 'query'>): unknown {
  return canonicalPairs(query, (name) => delimiterOf(parameters[name]))
}

function canonicalPairs(text: string, delimiter: (name: string) => RegExp | null): unknown {
  const found = new Map<string, string[][]>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    const key = decoded(name)
    const split = delimiter(key)
    const values = (split === null ? [value] : value.split(split)).map(decoded)
    found.set(key, [...(found.get(key) ?? []), values])
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

function delimiterOf(parameter: ParameterSchema | undefined): RegExp | null {
  if (parameter === undefined || parameter.explode || parameter.style === null) return null
  if (parameter.style === 'spaceDelimited') return /%20|\+/
  return parameter.style === 'pipeDelimited' ? /\||%7C/i : /,/
}

function decoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

/** Spaces after the commas of a list are ignored. */
function canonicalField(value: string | string[] | undefined): unknown {
  const text = Array.isArray(value) ? value.join(',') : value
  return text
    ?.split(',')
    .map((item) => item.trim())
    .join(',')
}

function canonicalCookies(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '')
    .sort()
}

/** Whether a declared header reaches the service. One about ranges does only where the answer passes unchanged. */
function isPassed(name: string): boolean {
  return headerUse(name).undocumented !== 'range'
}

/** The names of the cookies of a credential; `any`: the environment decides which they are. */
export type OwnCookies = ReadonlySet<string> | 'any'

const noCookies: OwnCookies = new Set<string>()

/** The cookies that a gateway adds to the calls of a service. */
export function ownCookies(credentials: Iterable<Credential>): OwnCookies {
  const names = new Set<string>()
  for (const credential of credentials) {
    if (credential.kind !== 'header' || credential.name.toLowerCase() !== 'cookie') continue
    for (const pair of credential.value.split(';')) {
      const [name = ''] = pair.split('=')
      if (name.includes('${')) return 'any'
      names.add(name.trim())
    }
  }
  return names
}

function withoutOwn(received: readonly string[], sent: readonly string[], own: OwnCookies): readonly string[] {
  return received.filter((cookie) => sent.includes(cookie) || !(own === 'any' || own.has(cookie.split('=')[0] ?? '')))
}

function essence(type: string | undefined): string {
  return type?.split(';')[0]?.trim().toLowerCase() ?? 'none'
}

function canonicalBody(type: string | undefined, body: Buffer | null): unknown {
  if (body === null || body.length === 0) return null
  const plain = essence(type)
  if (/[/+]json$/.test(plain)) return sortedMembers(JSON.parse(body.toString('utf8')))
  if (plain === 'application/x-www-form-urlencoded') return canonicalPairs(body.toString('latin1'), () => null)
  if (plain === 'multipart/form-data') return canonicalParts(type ?? '', body.toString('latin1'))
  return body.toString('base64')
}

/** Parts as separate texts, independent of the boundary. */
function canonicalParts(type: string, text: string): unknown {
  const boundary = /boundary="?([^";]*)/.exec(type)?.[1] ?? ''
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => part.trim())
}

function sortedMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedMembers)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, sortedMembers(member)])
}
