import { envReference } from '../../../templates/runtime/words/envText.ts'
import { isCredentialHeader } from '../../../templates/runtime/words/headers.ts'
import { endpointFault } from '../../../templates/runtime/words/webAddresses.ts'
import type { OperationModel, SecurityRequirement, SecurityScheme, ServiceModel } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { list } from '../../support/index.ts'
import { isFallback, type ServiceDraft, variablePrefix } from './draft.ts'
import { markOf } from './words.ts'

type Credentials = Pick<
  ServiceDraft,
  'security' | 'roleSchemes' | 'apart' | 'credential' | 'asGateway' | 'asGatewayDecisions' | 'decisions' | 'remarks'
>

/**
 * The meaning of each security scheme of a document, and the credentials that the gateway sends: tokens belong to
 * callers, keys and passwords to the gateway. Of several alternatives the one with the fewest credentials of the
 * gateway is used. A key that only operations of the service's internals require is not sent to the others.
 */
export function proposeCredentials(id: string, model: ServiceModel): Credentials {
  const { operations } = model
  const schemes = new Map(model.schemes.map((scheme) => [scheme.name, scheme]))
  const named = (operation: OperationModel): readonly SecurityScheme[] =>
    chosen(operation, schemes)?.flatMap(({ scheme }) => schemes.get(scheme) ?? []) ?? []
  const asks = (operation: OperationModel): boolean =>
    named(operation).some((scheme) => standsFor(scheme) === 'principal')
  const asksForTokens = operations.some(asks)
  const isApart = (operation: OperationModel): boolean =>
    asksForTokens && (!asks(operation) || markOf(operation) !== null)

  const used = suppliedBy(operations.flatMap(named))
  const supplied = suppliedBy(operations.filter((one) => !isApart(one)).flatMap(named))
  const common = ownCredentials(id, supplied, model, asksForTokens, used)
  const apart = operations.filter(isApart).flatMap((operation) => {
    const needed = suppliedBy(named(operation))
    if (needed.every((scheme) => supplied.includes(scheme))) return []
    const { own } = ownCredentials(id, needed, model, asks(operation), used)
    return [[operation.reference, { asks: asks(operation), own }] as const]
  })
  const base = {
    security: Object.fromEntries(model.schemes.map((scheme) => [scheme.name, standsFor(scheme)])),
    roleSchemes: model.schemes.filter(({ kind }) => !isOAuth(kind)).map(({ name }) => name),
    apart: new Map(apart),
    decisions: [...common.decisions, ...idleDecisions(model)],
    remarks: idleRemarks(model),
  }
  if (!asksForTokens) return { ...base, credential: common.own, asGateway: null, asGatewayDecisions: [] }
  const { tokenUrl, guessed } = tokenUrlOf(id, model)
  const prefix = variablePrefix(id)
  const client = {
    client: {
      tokenUrl,
      clientId: envReference(`${prefix}_CLIENT_ID`),
      clientSecret: envReference(`${prefix}_CLIENT_SECRET`),
    },
  }
  return {
    ...base,
    credential: ['principal', ...common.own],
    asGateway: [client, ...common.own],
    asGatewayDecisions: [
      'the scopes of this token',
      ...(guessed ? ['the document does not name a token endpoint'] : []),
    ],
  }
}

/** Schemes that the gateway supplies, each once. */
function suppliedBy(schemes: readonly SecurityScheme[]): readonly SecurityScheme[] {
  return [...new Set(schemes)].filter((scheme) => standsFor(scheme) === 'service')
}

interface Own {
  readonly own: readonly JsonObject[]
  readonly decisions: readonly string[]
}

/**
 * The gateway's own credentials. Only one can fill a header, except `Cookie`, in which all of them stand. `all`: the
 * schemes that need variables of different names.
 */
function ownCredentials(
  id: string,
  supplied: readonly SecurityScheme[],
  model: ServiceModel,
  asksForTokens: boolean,
  all: readonly SecurityScheme[],
): Own {
  const decisions: string[] = []
  const byPlace = new Map<string, { readonly scheme: SecurityScheme; readonly credential: JsonObject }>()
  for (const scheme of supplied) {
    const credential = express(scheme, variableOf(id, scheme, all), id, model)
    const place = placeOf(credential)
    const other = byPlace.get(place)
    if (asksForTokens && place === 'authorization') {
      decisions.push(`${scheme.name} and the caller's token need the same header; only the token is sent`)
    } else if (other !== undefined && place === 'cookie') {
      byPlace.set(place, { scheme, credential: joinedCookies(other.credential, credential) })
    } else if (other !== undefined) {
      decisions.push(`${scheme.name} and ${other.scheme.name} need the same header; only ${other.scheme.name} is sent`)
    } else {
      byPlace.set(place, { scheme, credential })
      if (!isPlain(scheme))
        decisions.push(`${scheme.name} is ${kindText(scheme)}, and a gateway sends secrets in headers only`)
    }
  }
  return { own: [...byPlace.values()].map(({ credential }) => credential), decisions }
}

function joinedCookies(first: JsonObject, second: JsonObject): JsonObject {
  const value = [first, second].map(({ header }) => textAt(header, 'value') ?? '').join('; ')
  return { header: { name: 'Cookie', value } }
}

/** A document that declares schemes and requires none of them leaves the gateway's credential open. */
function idleDecisions(model: ServiceModel): readonly string[] {
  const idle = idleSchemes(model)
  if (idle.length === 0 || idle.length < model.schemes.length) return []
  return [`no operation requires ${list(idle)}, which the document declares, so no credential is sent`]
}

function idleRemarks(model: ServiceModel): readonly string[] {
  const idle = idleSchemes(model)
  if (idle.length === 0 || idle.length === model.schemes.length) return []
  return [`No operation requires ${list(idle)}, which the document declares.`]
}

/** Names of schemes that no operation requires in any alternative. */
function idleSchemes({ operations, schemes }: ServiceModel): readonly string[] {
  const required = new Set(operations.flatMap(({ security }) => (security ?? []).flat().map(({ scheme }) => scheme)))
  return schemes.map(({ name }) => name).filter((name) => !required.has(name))
}

/** Whether the document requires a caller, once its schemes are mapped: then it decides who may call. */
export function asksCaller({ security }: OperationModel, mapping: ServiceDraft['security']): boolean {
  return (security ?? []).some((requirement) => requirement.some(({ scheme }) => mapping[scheme] === 'principal'))
}

function standsFor({ kind }: SecurityScheme): 'principal' | 'service' {
  return isOAuth(kind) || kind === 'http-bearer' ? 'principal' : 'service'
}

function isOAuth(kind: SecurityScheme['kind']): boolean {
  return kind === 'oauth2' || kind === 'openIdConnect'
}

/**
 * The alternative that a gateway satisfies: one that requires a caller, else the one with the fewest and simplest
 * secrets.
 */
function chosen(
  { security }: OperationModel,
  schemes: ReadonlyMap<string, SecurityScheme>,
): SecurityRequirement | null {
  const price = (requirement: SecurityRequirement): number => {
    const found = requirement.flatMap(({ scheme }) => schemes.get(scheme) ?? [])
    const asks = found.some((scheme) => standsFor(scheme) === 'principal')
    const secrets = found.filter((scheme) => standsFor(scheme) === 'service')
    // A session of a cookie is made for browsers; a key or a password is made for programs.
    const cookies = secrets.filter((scheme) => scheme.in === 'cookie').length
    const unfit = secrets.filter((scheme) => !isPlain(scheme)).length
    return secrets.length * 10 + cookies * 5 + unfit * 100 - (asks ? 1_000 : 0)
  }
  const [best] = [...(security ?? [])].sort((a, b) => price(a) - price(b))
  return best ?? null
}

/** Whether a kind of credential in the manifest fits the scheme. */
function isPlain({ kind, in: place, parameterName }: SecurityScheme): boolean {
  if (kind !== 'apiKey') return kind !== 'unknown'
  if (place === 'cookie') return true
  return place === 'header' && isCredentialHeader(parameterName ?? '')
}

/** The credential for a scheme. For a scheme without a fitting kind of credential it is a header as a placeholder. */
function express(scheme: SecurityScheme, variable: string, id: string, model: ServiceModel): JsonObject {
  const value = envReference(variable)
  switch (scheme.kind) {
    case 'http-basic':
      return { basic: { username: envReference(`${variable}_USER`), password: envReference(`${variable}_PASSWORD`) } }
    case 'http-other': {
      const name = textAt(rawScheme(model, scheme.name), 'scheme')
      return { header: { name: 'Authorization', value: name === null ? value : `${name} ${value}` } }
    }
    case 'mutualTLS': {
      const prefix = variablePrefix(id)
      return { mtls: { cert: envReference(`${prefix}_TLS_CERT`), key: envReference(`${prefix}_TLS_KEY`) } }
    }
    default:
      if (scheme.in === 'cookie')
        return { header: { name: 'Cookie', value: `${scheme.parameterName ?? 'key'}=${value}` } }
      return { header: { name: isPlain(scheme) ? (scheme.parameterName ?? standIn) : standIn, value } }
  }
}

const standIn = 'X-Api-Key'

/** `ORDERS_KEY`; with the scheme's name if the service has several. */
function variableOf(id: string, scheme: SecurityScheme, all: readonly SecurityScheme[]): string {
  const prefix = variablePrefix(id)
  const name = scheme.name
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  if (all.length > 1 && name !== '') return `${prefix}_${name}`
  return scheme.kind === 'http-basic' ? prefix : `${prefix}_KEY`
}

/** The header that a credential fills, lower case; `mtls` for a certificate. */
function placeOf(credential: JsonObject): string {
  if ('basic' in credential) return 'authorization'
  return textAt(credential['header'], 'name')?.toLowerCase() ?? 'mtls'
}

/** The token endpoint of the document's first flow with an absolute one, else a reference to a variable. */
function tokenUrlOf(id: string, model: ServiceModel): { readonly tokenUrl: string; readonly guessed: boolean } {
  for (const { name } of model.schemes) {
    const flows = memberOf(rawScheme(model, name), 'flows')
    for (const flow of flows === undefined || flows === null || typeof flows !== 'object' ? [] : Object.values(flows)) {
      const url = textAt(flow, 'tokenUrl')
      if (url !== null && endpointFault(url) === null && isFallback(url))
        return { tokenUrl: envReference(`${variablePrefix(id)}_TOKEN_URL`, url), guessed: false }
    }
  }
  return { tokenUrl: envReference('OIDC_TOKEN_URL'), guessed: true }
}

function rawScheme({ document }: ServiceModel, name: string): JsonValue | undefined {
  return memberOf(memberOf(memberOf(document, 'components'), 'securitySchemes'), name)
}

function textAt(value: JsonValue | undefined, name: string): string | null {
  const found = memberOf(value, name)
  return typeof found === 'string' && found !== '' ? found : null
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
    return undefined
  return (value as JsonObject)[name]
}

function kindText({ kind, in: place, parameterName }: SecurityScheme): string {
  return kind === 'apiKey' ? `the ${place ?? 'header'} \`${parameterName ?? ''}\`` : 'of an unknown kind'
}
