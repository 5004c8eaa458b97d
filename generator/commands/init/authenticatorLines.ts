import { envReference } from '../../../templates/runtime/words/envText.ts'
import { type ClientDraft, type Draft, type IssuerDraft, type ServiceDraft, variablePrefix } from './draft.ts'
import { flow, remark, scalar } from './text.ts'

/** The authenticator of a client. What its issuer says of itself is filled in. */
export function authenticatorLines(client: ClientDraft, { name, services, issuer }: Draft): readonly string[] {
  if (client.kind === 'api-key') {
    return [
      `  ${client.authenticator}: # \`gatewright key\` makes keys`,
      '    type: api-key',
      '    name: X-Api-Key',
      `    keys: ${envReference(`${variablePrefix(client.id)}_KEYS`)}`,
      `    pepper: ${envReference('API_KEY_PEPPER')}`,
    ]
  }
  return [
    `  ${client.authenticator}:`,
    '    type: jwt',
    ...issuerLines(issuer),
    `    audience: ${scalar(`${name}-${client.id}`)} # DECIDE: what the issuer puts into \`aud\` for this client`,
    '    typ: jwt # DECIDE: `typ: at+jwt` if the issuer marks access tokens (RFC 9068); `jwt` accepts both kinds',
    ...scopesOffered(issuer),
    '    scopes: scope',
    asksForRoles(client, services)
      ? '    roles: roles # DECIDE: the claim that holds roles'
      : '    # roles: roles, or another claim that holds roles, if a rule asks for one',
  ]
}

function issuerLines(issuer: IssuerDraft | null): readonly string[] {
  if (issuer === null) return [`    issuer: ${envReference('OIDC_ISSUER')}`]
  const { address, jwks, algorithms } = issuer
  return [
    `    issuer: ${scalar(envReference('OIDC_ISSUER', address))}`,
    ...(jwks === null
      ? []
      : [
          `    jwks: ${scalar(envReference('OIDC_JWKS', jwks))} # a gateway does not find it from the issuer's address`,
        ]),
    ...(algorithms.length === 0 ? [] : [`    algorithms: ${flow(algorithms)} # what the issuer signs with today`]),
  ]
}

/** The most scopes that are named: documents say which of them their operations require. */
const mostScopes = 12

function scopesOffered(issuer: IssuerDraft | null): readonly string[] {
  const scopes = issuer?.scopes ?? []
  if (scopes.length === 0) return []
  const more = scopes.length > mostScopes ? `, and ${scopes.length - mostScopes} more` : ''
  return [`    # The issuer offers the scopes ${remark(scopes.slice(0, mostScopes).join(', '))}${more}.`]
}

/** Whether the documents ask callers of a client for roles. */
function asksForRoles({ entries }: ClientDraft, services: readonly ServiceDraft[]): boolean {
  const roleSchemes = new Map(services.map((service) => [service.id, service.roleSchemes]))
  return entries.some(({ operation: { service, security } }) =>
    (security ?? [])
      .flat()
      .some(({ scheme, scopes }) => scopes.length > 0 && roleSchemes.get(service)?.includes(scheme) === true),
  )
}
