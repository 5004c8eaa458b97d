import type { Authenticator, JwtIssuer } from '../../../templates/runtime/vocabulary.ts'
import { type Code, code, joined, markdown } from '../../code/index.ts'
import type { Trust } from '../../plan/types.ts'

/** A row of the section "Who is believed" of ACCESS.md. */
export type TrustRowView = {
  readonly what: Code
  readonly believed: Code
}

export function trustRows(trust: Trust): readonly TrustRowView[] {
  const { audience, authenticators, cors, publicHosts, trustedProxies, unverifiedTls } = trust
  return [
    ...Object.entries(authenticators).flatMap(([id, one]) => authenticatorRows(id, one)),
    row('callers', [
      markdown(audience === 'external' ? 'of other organisations' : 'of the same organisation'),
      setting('audience', audience),
    ]),
    row(
      'pages in browsers',
      cors === null
        ? [markdown('none of another origin')]
        : [
            of('of', cors.origins),
            markdown(cors.credentials ? 'with cookies' : 'without cookies'),
            ...(cors.expose.length === 0 ? [] : [of('may read', cors.expose)]),
          ],
    ),
    row('X-Forwarded-*', [trustedProxies.length === 0 ? markdown('of nobody') : of('of', trustedProxies)]),
    row('Host', [publicHosts === null ? markdown('any') : names(publicHosts)]),
    row('certificates of services', [
      markdown(unverifiedTls === 'refuse' ? 'always verified' : 'not verified if the environment says so'),
      setting('unverifiedTls', unverifiedTls),
    ]),
  ]
}

function authenticatorRows(id: string, authenticator: Authenticator): readonly TrustRowView[] {
  if (authenticator.kind === 'api-key') {
    const { header, keys, pepper } = authenticator
    const parts = [of('in the header', [header]), of('records in', [keys]), of('pepper in', [pepper])]
    return [{ what: of('API keys,', [id]), believed: joined(parts, '; ') }]
  }
  return authenticator.issuers.map((issuer) => ({
    what: of('tokens,', [id]),
    believed: joined(issuerParts(issuer), '; '),
  }))
}

function issuerParts(issuer: JwtIssuer): readonly Code[] {
  const { audience, clientIds, accessMarks, jwks, algorithms, type, scopes, roles, clockSkew, maxAge } = issuer
  return [
    of('issuer', [issuer.issuer]),
    audience === null ? markdown('without audience') : of('audience', audience),
    clientIds.length === 0 ? markdown('of any client') : of('of the clients', clientIds),
    setting('typ', type),
    ...accessMarks.map(({ claim, texts }) => joined([of('also marked by', [claim.join('.')]), names(texts)], ' ')),
    jwks === null ? markdown('keys by discovery') : of('keys from', [jwks]),
    names(algorithms),
    scopes === null ? markdown('no scopes') : of('scopes in', [scopes.join('.')]),
    roles === null ? markdown('no roles') : of('roles in', [roles.join('.')]),
    markdown(`clocks may differ by ${clockSkew} s`),
    ...(maxAge === null ? [] : [markdown(`at most ${maxAge} s old`)]),
  ]
}

function row(what: string, parts: readonly Code[]): TrustRowView {
  return { what: markdown(what), believed: joined(parts, '; ') }
}

function of(word: string, values: readonly string[]): Code {
  return joined([markdown(word), names(values)], ' ')
}

function names(values: readonly string[]): Code {
  return joined(values.map(code), ', ')
}

function setting(name: string, value: string): Code {
  return code(`${name}: ${value}`)
}
