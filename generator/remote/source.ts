import { type EnvVariable, parseEnvText, resolveEnvText } from '../../templates/runtime/words/envText.ts'
import { isHeaderName } from '../../templates/runtime/words/headers.ts'
import { decodePercent } from '../../templates/runtime/words/percent.ts'
import { parseUrl } from '../../templates/runtime/words/urls.ts'
import { list, type Report } from '../support/index.ts'
import { createNaming, type NamedValue } from './naming.ts'

/** Where a document comes from, as it is written into the repository: texts may refer to the environment as `${NAME}`. */
export interface Source {
  readonly url: string
  /** Header fields of requests to the origin of `url`, by name. */
  readonly headers: Readonly<Record<string, string>>
  /** Other origins that files of the document are downloaded from. */
  readonly origins: readonly string[]
}

/** A source with the values of the environment. Never written. */
export interface ResolvedSource {
  readonly url: string
  readonly origin: string
  readonly headers: Readonly<Record<string, string>>
  readonly origins: ReadonlySet<string>
  /** A URL as it is noted, with the names of variables in place of their values; `null`: it would still contain a value. */
  noted(url: string): string | null
  /** A URL for messages. It contains no value of the environment. */
  shown(url: string): string
  /** A message or a remedy, with each URL in it as `shown`. */
  named(text: string): string
  /** The path of a URL, with the names of variables in place of their values. Names files. */
  pathOf(url: string): string
  /** The URL of a noted text; `null`: it is none, or refers to variables that the source does not refer to. */
  resolved(text: string): string | null
}

export type Resolution =
  | { readonly kind: 'source'; readonly source: ResolvedSource }
  | { readonly kind: 'faults'; readonly faults: readonly Report[] }

type Env = Readonly<Record<string, string | undefined>>

/** Checks a source, and replaces references to the environment by their values. */
export function resolveSource(source: Source, env: Env): Resolution {
  const wrong = faultsOf(source)
  if (wrong.length > 0) return { kind: 'faults', faults: wrong }
  const missing = new Set<string>()
  const lookUp = ({ name, fallback }: EnvVariable): string | null => {
    const value = env[name] || fallback
    if (value === null) missing.add(name)
    return value
  }
  const url = parseUrl(resolveEnvText(source.url, lookUp) ?? '')
  const headers = Object.entries(source.headers).map(
    ([name, text]) => [name, resolveEnvText(text, lookUp) ?? ''] as const,
  )
  if (missing.size > 0) return { kind: 'faults', faults: [unset([...missing])] }
  const values = namedValues(source.url, lookUp)
  const unusable = [
    ...values.filter(({ value }) => !isUrlPart(value)).map(({ name }) => unusableInUrl(name)),
    ...headers.filter(([, value]) => !isHeaderValue(value)).map(([name]) => unusableInHeader(name, source, lookUp)),
  ]
  if (unusable.length > 0) return { kind: 'faults', faults: unusable }
  if (url === null || !/^https?:$/.test(url.protocol)) return { kind: 'faults', faults: [notFetchable(source.url)] }
  if (url.username !== '' || url.password !== '') return { kind: 'faults', faults: [withUser()] }
  url.hash = ''
  const { href, origin } = url
  const naming = createNaming(values)
  const own = new Set(parseEnvText(source.url).variables.map(({ name }) => name))
  const noted = (one: string): string | null => (one === href ? source.url : naming(one))
  const shown = (one: string): string => noted(one) ?? `a file of ${source.url}`
  return {
    kind: 'source',
    source: {
      url: href,
      origin,
      headers: Object.fromEntries(headers),
      origins: new Set(source.origins),
      noted,
      shown,
      named: (text) => text.replace(/https?:\/\/[^\s“”]+/g, shown),
      pathOf: (one) => pathIn(noted(one) ?? ''),
      resolved(text) {
        if (parseEnvText(text).variables.some(({ name }) => !own.has(name))) return null
        const found = parseUrl(resolveEnvText(text, lookUp) ?? '')
        if (found !== null) found.hash = ''
        return found?.href ?? null
      },
    },
  }
}

function namedValues(url: string, lookUp: (variable: EnvVariable) => string | null): readonly NamedValue[] {
  const [, authority = ''] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? []
  const inHost = new Set(parseEnvText(authority).variables.map(({ name }) => name))
  return parseEnvText(url).variables.flatMap((variable) => {
    const value = lookUp(variable)
    return value === null || value === '' ? [] : [{ ...variable, value, inHost: inHost.has(variable.name) }]
  })
}

/** Whether `URL` keeps the whole text: it drops control characters and spaces at the ends, and ends at `#`. */
function isUrlPart(value: string): boolean {
  return !/[\x00-\x1f\x7f#]|^ | $/.test(value)
}

/** RFC 9110 section 5.5. */
function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}

/** The path of a noted text. References are replaced by the names of the variables. */
function pathIn(text: string): string {
  const [, path = ''] = /^https?:\/\/[^/?#]*([^?#]*)/i.exec(text.replace(/\$\{(\w+)[^}]*\}/g, '$1')) ?? []
  return parseUrl(`http://host${path}`)?.pathname ?? '/'
}

/** Names of query parameters whose values are credentials. */
const secret =
  /token|secret|passw|signature|credential|cookie|session|key$|^auth|^(?:code|jwt|otp|pass|pat|pwd|sas|sig|ticket|x-amz-.*|x-goog-.*)$/i

/** Header fields whose values are no credentials. All others refer to the environment. */
const harmless =
  /^(?:accept|accept-charset|accept-language|api-version|cache-control|pragma|user-agent|x-api-version|x-github-api-version|x-ms-version|x-requested-with)$/i

function faultsOf({ url, headers, origins }: Source): readonly Report[] {
  const faults: Report[] = []
  const report = (message: string, remedy: string | null = null): void => {
    faults.push({ code: 'GW1400', message, origin: null, remedy })
  }
  const [, authority] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? []
  if (authority === undefined) faults.push(notFetchable(url))
  else if (authority.includes('@')) faults.push(withUser())
  for (const parameter of (/\?([^#]*)/.exec(url)?.[1] ?? '').split('&')) {
    const [written = '', value = ''] = parameter.split(/=(.*)/s)
    const name = decodePercent(written) ?? written
    if (secret.test(name) && value !== '' && !refersToEnv(value)) {
      report(
        `The parameter \`${name}\` of the URL looks like a credential, and would be written into the repository.`,
        `Set it in the environment and refer to it, in quotes for the shell:\n    '${name}=\${SPEC_TOKEN}'`,
      )
    }
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!isHeaderName(name))
      report(`\`${name}\` is not the name of a header.`, "For example: --header 'Accept: text/yaml'")
    else if (!harmless.test(name) && !refersToEnv(value)) {
      report(
        `The header \`${name}\` may be a credential, and would be written into the repository.`,
        `Set it in the environment and refer to it, in quotes for the shell:\n    --header '${name}: \${SPEC_TOKEN}'`,
      )
    }
  }
  for (const origin of origins) {
    if (parseUrl(origin)?.origin !== origin || !/^https?:/.test(origin)) {
      report(`\`${origin}\` is not an origin.`, 'For example: --origin https://schemas.example')
    }
  }
  for (const text of [url, ...Object.values(headers)]) {
    const { malformed } = parseEnvText(text)
    if (malformed !== null) report('A reference to the environment is malformed.', 'Write `${NAME}`.')
  }
  return faults
}

function refersToEnv(text: string): boolean {
  return parseEnvText(text).variables.some(({ fallback }) => fallback === null)
}

function notFetchable(url: string): Report {
  return {
    code: 'GW1400',
    message: `${url} is not a URL that can be downloaded.`,
    origin: null,
    remedy: 'For example: gatewright spec add https://orders.example/openapi.yaml',
  }
}

function withUser(): Report {
  return {
    code: 'GW1400',
    message: 'The URL has a user name or a password in it, and would be written into the repository.',
    origin: null,
    remedy:
      "Send it as a header, with the value in the environment:\n    --header 'Authorization: Basic ${SPEC_CREDENTIAL}'",
  }
}

function unusableInUrl(name: string): Report {
  return {
    code: 'GW1400',
    message: `The value of ${name} cannot be part of a URL: it has a control character, a \`#\`, or a space at an end.`,
    origin: null,
    remedy: `Set ${name} without it. A file often ends with a line feed. Write \`#\` as \`%23\`.`,
  }
}

/** A header whose value cannot be sent. Names the variables that it cannot be sent with. */
function unusableInHeader(
  header: string,
  { headers }: Source,
  lookUp: (variable: EnvVariable) => string | null,
): Report {
  const names = parseEnvText(headers[header] ?? '')
    .variables.filter((variable) => !isHeaderValue(lookUp(variable) ?? ''))
    .map(({ name }) => name)
  const what = names.length === 0 ? 'The value' : `The value of ${list([...new Set(names)])}`
  return {
    code: 'GW1400',
    message: `${what} cannot be sent as the header \`${header}\`: it has a line feed or another character that headers do not have.`,
    origin: null,
    remedy: names.length === 0 ? null : `Set ${names[0]} without it. A file often ends with a line feed.`,
  }
}

function unset(names: readonly string[]): Report {
  return {
    code: 'GW1409',
    message: `The environment has no ${list(names)}, which the source refers to.`,
    origin: null,
    remedy: `Set ${names.length === 1 ? 'it' : 'them'}, for example\n    ${names[0]}=... gatewright spec update`,
  }
}
