import { canonical, type JsonObject, listOf, membersOf } from './document.ts'

/** A setting that says whom a gateway believes, and that changed. */
export interface TrustChange {
  /** `wider`: callers, pages, proxies or tokens are accepted that were not. `narrower`: the opposite. `other`: neither. */
  readonly how: 'wider' | 'narrower' | 'other'
  /** The part of the manifest: `authenticators.browser`, `cors`, `trustedProxies`, ... */
  readonly where: string
  readonly what: string
}

type Compared = Omit<TrustChange, 'where'>

/** Compares the members `trust` of two access.json, with the changes of authenticators first. */
export function diffTrust(before: JsonObject, after: JsonObject): readonly TrustChange[] {
  const at = (where: string, changes: readonly Compared[]): readonly TrustChange[] =>
    changes.map((change) => ({ how: change.how, where, what: change.what }))
  return [
    ...authenticatorChanges(membersOf(before['authenticators']), membersOf(after['authenticators'])),
    ...at('audience', audience(before['audience'], after['audience'])),
    ...at('cors', cors(before['cors'], after['cors'])),
    ...at('trustedProxies', elements(before['trustedProxies'], after['trustedProxies'], proxyWords)),
    ...at('publicHosts', hosts(before['publicHosts'], after['publicHosts'])),
    ...at('unverifiedTls', unverified(before['unverifiedTls'], after['unverifiedTls'])),
  ]
}

function authenticatorChanges(before: JsonObject, after: JsonObject): readonly TrustChange[] {
  return names(before, after).flatMap((id) => {
    const [old, now] = [membersOf(before[id]), membersOf(after[id])]
    const where = `authenticators.${id}`
    const at = (changes: readonly Compared[]): readonly TrustChange[] =>
      changes.map(({ how, what }) => ({ how, where, what }))
    if (old['kind'] !== now['kind']) {
      return at([
        ...(Object.hasOwn(after, id) ? [wider(`new: ${summaryOf(now)} are accepted now`)] : []),
        ...(Object.hasOwn(before, id) ? [narrower(`gone: ${summaryOf(old)} are no longer accepted`)] : []),
      ])
    }
    return at(now['kind'] === 'api-key' ? keyChanges(old, now) : issuersChanges(old, now))
  })
}

function summaryOf(authenticator: JsonObject): string {
  if (authenticator['kind'] === 'api-key') return `API keys in the header ${text(authenticator['header'])}`
  return `tokens of ${listOf(authenticator['issuers']).map(issuerSummary).join(' and of ')}`
}

function issuerSummary(issuer: unknown): string {
  const { issuer: name, audience } = membersOf(issuer)
  return `${text(name)} ${audience === null ? 'without an audience' : `for the audience ${words(audience)}`}`
}

function keyChanges(before: JsonObject, after: JsonObject): readonly Compared[] {
  return [
    ...changed(before['header'], after['header'], (now) => narrower(`keys are read from the header ${now} now`)),
    ...changed(before['keys'], after['keys'], (now) => wider(`the records of keys come from ${now} now`)),
    ...changed(before['pepper'], after['pepper'], (now) => wider(`the pepper comes from ${now} now`)),
  ]
}

function issuersChanges(before: JsonObject, after: JsonObject): readonly Compared[] {
  const [old, now] = [issuersOf(before), issuersOf(after)]
  return names(old, now).flatMap((key) => {
    const issuer = membersOf(now[key] ?? old[key])
    if (!Object.hasOwn(old, key)) return [wider(`tokens of ${issuerSummary(issuer)} are accepted now`)]
    if (!Object.hasOwn(now, key)) return [narrower(`tokens of ${issuerSummary(issuer)} are no longer accepted`)]
    const several = Object.keys(old).length > 1 || Object.keys(now).length > 1
    const of = several ? ` (issuer ${text(issuer['issuer'])})` : ''
    return issuerChanges(membersOf(old[key]), issuer).map(({ how, what }) => ({ how, what: what + of }))
  })
}

/** The issuers by name; those of one name are numbered. */
function issuersOf(authenticator: JsonObject): JsonObject {
  const found: Record<string, unknown> = {}
  for (const issuer of listOf(authenticator['issuers'])) {
    const name = text(membersOf(issuer)['issuer'])
    let key = name
    for (let number = 2; Object.hasOwn(found, key); number++) key = `${name} ${number}`
    found[key] = issuer
  }
  return found
}

function issuerChanges(before: JsonObject, after: JsonObject): readonly Compared[] {
  const accepted = (name: string): readonly [string, string] => [
    `${name} are accepted now`,
    `${name} are not accepted now`,
  ]
  // `null`: tokens without audience, as if that were one.
  const audiences = (value: unknown): readonly unknown[] => (value === null ? [null] : listOf(value))
  return [
    ...elements(audiences(before['audience']), audiences(after['audience']), (name) =>
      accepted(name === null ? 'tokens without an audience' : `tokens for the audience ${text(name)}`),
    ),
    ...limited(before['clientIds'], after['clientIds'], 'tokens of any client', (name) =>
      accepted(`tokens of the client ${name}`),
    ),
    ...(before['type'] === after['type'] ? [] : [tokenType(text(after['type']))]),
    ...elements(before['accessMarks'], after['accessMarks'], (mark) => {
      const { claim, texts } = membersOf(mark)
      return accepted(`access tokens marked by ${pathText(claim)}: ${words(texts)}`)
    }),
    ...(before['jwks'] === after['jwks'] ? [] : [wider(keySource(after['jwks']))]),
    ...elements(before['algorithms'], after['algorithms'], (name) => accepted(`signatures by ${text(name)}`)),
    ...claims('scopes', before['scopes'], after['scopes']),
    ...claims('roles', before['roles'], after['roles']),
    ...larger(before['clockSkew'], after['clockSkew'], (now) => `clocks may differ by ${now} s now`),
    ...larger(before['maxAge'], after['maxAge'], (now) =>
      now === 'any' ? 'tokens may be of any age now' : `tokens may be ${now} s old now`,
    ),
  ]
}

function tokenType(now: string): Compared {
  return now === 'jwt'
    ? wider('tokens are accepted now whose header does not say that they are access tokens (typ: jwt)')
    : narrower(`only tokens whose header says that they are access tokens are accepted now (typ: ${now})`)
}

function keySource(jwks: unknown): string {
  return `keys are ${jwks === null ? 'found by discovery' : `those of ${text(jwks)}`} now`
}

/** Another claim may grant anything to callers that had nothing. */
function claims(what: string, before: unknown, after: unknown): readonly Compared[] {
  if (canonical(before) === canonical(after)) return []
  return [
    after === null ? narrower(`tokens have no ${what} now`) : wider(`${what} are read from ${pathText(after)} now`),
  ]
}

function audience(before: unknown, after: unknown): readonly Compared[] {
  if (before === after) return []
  return [
    after === 'external'
      ? wider('callers are of other organisations now (audience: external)')
      : { how: 'other', what: 'callers are of the same organisation now (audience: internal), so fewer checks apply' },
  ]
}

function cors(before: unknown, after: unknown): readonly Compared[] {
  const [old, now] = [membersOf(before), membersOf(after)]
  const credentials = (one: JsonObject): boolean => one['credentials'] === true
  const both = before !== null && after !== null
  return [
    ...elements(old['origins'], now['origins'], (origin) => [
      `pages of ${text(origin)} may read answers now`,
      `pages of ${text(origin)} may no longer read answers`,
    ]),
    ...(credentials(old) === credentials(now)
      ? []
      : [
          credentials(now)
            ? wider('pages may send cookies and read the answers now')
            : narrower('pages may no longer send cookies'),
        ]),
    ...elements(old['expose'], now['expose'], (header) => [
      `pages may read the header ${text(header)} now`,
      `pages may no longer read the header ${text(header)}`,
    ]),
    ...(both
      ? changed(old['maxAge'], now['maxAge'], (age) => ({ how: 'other', what: `preflights are kept for ${age} s now` }))
      : []),
  ]
}

function proxyWords(range: unknown): readonly [string, string] {
  return [`X-Forwarded-* of ${text(range)} is believed now`, `X-Forwarded-* of ${text(range)} is no longer believed`]
}

function hosts(before: unknown, after: unknown): readonly Compared[] {
  return limited(before ?? [], after ?? [], 'requests to any host', (host) => [
    `requests to ${host} are accepted now`,
    `requests to ${host} are not accepted now`,
  ])
}

function unverified(before: unknown, after: unknown): readonly Compared[] {
  if (before === after) return []
  return [
    after === 'allow'
      ? wider('services may have any certificate if the environment says so')
      : narrower('the gateway does not start if certificates are not verified'),
  ]
}

/** Elements of lists that are new or gone. `of`: the words for each, new and gone. */
function elements(
  before: unknown,
  after: unknown,
  of: (element: unknown) => readonly [added: string, removed: string],
): readonly Compared[] {
  const [old, now] = [listOf(before), listOf(after)]
  const missing = (from: readonly unknown[], among: readonly unknown[]): readonly unknown[] => {
    const known = new Set(among.map(canonical))
    return from.filter((element) => !known.has(canonical(element)))
  }
  return [
    ...missing(now, old).map((element) => wider(of(element)[0])),
    ...missing(old, now).map((element) => narrower(of(element)[1])),
  ]
}

/** Lists of which an empty one stands for everything (`any`). */
function limited(
  before: unknown,
  after: unknown,
  any: string,
  of: (element: string) => readonly [added: string, removed: string],
): readonly Compared[] {
  const [old, now] = [listOf(before), listOf(after)]
  if (old.length > 0 && now.length === 0) return [wider(`${any} are accepted now`)]
  if (old.length === 0 && now.length > 0)
    return [narrower(`only ${any.replace(/any \w+/, words(now))} are accepted now`)]
  return elements(old, now, (element) => of(text(element)))
}

/** A limit of seconds; `null`: none. */
function larger(before: unknown, after: unknown, of: (now: string) => string): readonly Compared[] {
  if (before === after) return []
  const [old, now] = [secondsOf(before), secondsOf(after)]
  const what = of(now === Number.POSITIVE_INFINITY ? 'any' : String(now))
  return [now > old ? wider(what) : narrower(what)]
}

function secondsOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY
}

function changed(before: unknown, after: unknown, of: (now: string) => Compared): readonly Compared[] {
  return canonical(before) === canonical(after) ? [] : [of(text(after))]
}

function wider(what: string): Compared {
  return { how: 'wider', what }
}

function narrower(what: string): Compared {
  return { how: 'narrower', what }
}

/** The names of both, those of the later one first. */
function names(before: JsonObject, after: JsonObject): readonly string[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])]
}

function pathText(path: unknown): string {
  return listOf(path).map(text).join('.')
}

function words(list: unknown): string {
  return listOf(list).map(text).join(', ')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : String(value ?? '')
}
