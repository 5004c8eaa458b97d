import { type EnvVariable, envReference, parseEnvText, resolveEnvText } from '../../templates/runtime/words/envText.ts'
import { isHeaderName } from '../../templates/runtime/words/headers.ts'
import { parseUrl } from '../../templates/runtime/words/urls.ts'
import { list, type Report } from '../support/index.ts'

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
  /** A URL for messages and notes, with the names of variables in place of their values. */
  shown(url: string): string
  /** The inverse of `shown`. */
  resolved(text: string): string
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
  const resolved = (text: string): string => resolveEnvText(text, lookUp) ?? ''
  const url = parseUrl(resolved(source.url))
  const headers = Object.fromEntries(Object.entries(source.headers).map(([name, text]) => [name, resolved(text)]))
  if (missing.size > 0) return { kind: 'faults', faults: [unset([...missing])] }
  if (url === null || !/^https?:$/.test(url.protocol)) return { kind: 'faults', faults: [notFetchable(source.url)] }
  url.hash = ''
  const values = parseEnvText(source.url).variables.flatMap((variable) => {
    const value = lookUp(variable)
    return value === null || value === '' ? [] : [{ name: variable.name, value }]
  })
  const shown = (text: string): string =>
    values.reduce(
      (changed, { name, value }) =>
        [value, encodeURIComponent(value)].reduce((one, part) => one.replaceAll(part, envReference(name)), changed),
      text,
    )
  return {
    kind: 'source',
    source: { url: url.href, origin: url.origin, headers, origins: new Set(source.origins), shown, resolved },
  }
}

/** Names of query parameters and header fields whose values are credentials. */
const secret =
  /token|secret|passw|signature|credential|cookie|session|api[-_]?key|^auth|^(?:proxy-)?authorization$|^(?:key|sig|pwd|x-amz-.*|x-goog-.*)$/i

function faultsOf({ url, headers, origins }: Source): readonly Report[] {
  const faults: Report[] = []
  const report = (message: string, remedy: string | null = null): void => {
    faults.push({ code: 'GW1400', message, origin: null, remedy })
  }
  const [, authority] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? []
  if (authority === undefined) faults.push(notFetchable(url))
  else if (authority.includes('@')) {
    report(
      'The URL has a user name or a password in it, and would be written into the repository.',
      "Send it as a header, with the value in the environment:\n    --header 'Authorization: Basic ${SPEC_CREDENTIAL}'",
    )
  }
  for (const parameter of (/\?([^#]*)/.exec(url)?.[1] ?? '').split('&')) {
    const [name = '', value = ''] = parameter.split(/=(.*)/s)
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
    else if (secret.test(name) && !refersToEnv(value)) {
      report(
        `The header \`${name}\` is a credential, and would be written into the repository.`,
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

function unset(names: readonly string[]): Report {
  return {
    code: 'GW1409',
    message: `The environment has no ${list(names)}, which the source refers to.`,
    origin: null,
    remedy: `Set ${names.length === 1 ? 'it' : 'them'}, for example\n    ${names[0]}=... gatewright spec update`,
  }
}
