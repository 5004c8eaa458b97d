import { envReference } from '../../../templates/runtime/words/envText.ts'
import { isCredentialHeader } from '../../../templates/runtime/words/headers.ts'
import { endpointFault } from '../../../templates/runtime/words/webAddresses.ts'
import type { OperationModel, SecurityRequirement, SecurityScheme, ServiceModel } from '../../model/types.ts'
import type { JsonObject, JsonValue } from '../../read/types.ts'
import { isFallback, type ServiceDraft, variablePrefix } from './draft.ts'

type Credentials = Pick<ServiceDraft, 'security' | 'credential' | 'asGateway' | 'decisions'>

/**
 * The meaning of each security scheme of a document, and the credentials that the gateway sends: tokens belong to
 * callers, keys and passwords to the gateway. Of several alternatives the one with the fewest credentials of the
 * gateway is used.
 */
export function proposeCredentials(id: string, model: ServiceModel): Credentials {
  const schemes = new Map(model.schemes.map((scheme) => [scheme.name, scheme]))
  const security = Object.fromEntries(model.schemes.map((scheme) => [scheme.name, standsFor(scheme)]))
  const used = new Set(
    model.operations.flatMap((operation) => chosen(operation, schemes)?.map(({ scheme }) => scheme) ?? []),
  )
  const asksForTokens = model.schemes.some((scheme) => used.has(scheme.name) && standsFor(scheme) === 'principal')

  const supplied = model.schemes.filter((scheme) => used.has(scheme.name) && standsFor(scheme) === 'service')
  const decisions: string[] = []
  const own: JsonValue[] = []
  for (const scheme of supplied) {
    const credential = express(scheme, variableOf(id, scheme, supplied), id, model)
    if (asksForTokens && headerOf(credential) === 'authorization') {
      decisions.push(`${scheme.name} and the caller's token need the same header; only the token is sent`)
      continue
    }
    own.push(credential)
    if (!isPlain(scheme))
      decisions.push(`${scheme.name} is ${kindText(scheme)}, and a gateway sends secrets in headers only`)
  }
  if (!asksForTokens) return { security, credential: own, asGateway: null, decisions }
  const { tokenUrl, guessed } = tokenUrlOf(id, model)
  if (guessed) decisions.push('the document does not name a token endpoint')
  const prefix = variablePrefix(id)
  const client = {
    client: {
      tokenUrl,
      clientId: envReference(`${prefix}_CLIENT_ID`),
      clientSecret: envReference(`${prefix}_CLIENT_SECRET`),
    },
  }
  return { security, credential: ['principal', ...own], asGateway: [client, ...own], decisions }
}

/** Whether the document requires a caller, once its schemes are mapped: then it decides who may call. */
export function asksCaller({ security }: OperationModel, mapping: ServiceDraft['security']): boolean {
  return (security ?? []).some((requirement) => requirement.some(({ scheme }) => mapping[scheme] === 'principal'))
}

function standsFor({ kind }: SecurityScheme): 'principal' | 'service' {
  return kind === 'oauth2' || kind === 'openIdConnect' || kind === 'http-bearer' ? 'principal' : 'service'
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
    return secrets.length * 10 + secrets.filter((scheme) => !isPlain(scheme)).length * 100 - (asks ? 1_000 : 0)
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

function headerOf(credential: JsonObject): string | null {
  if ('basic' in credential) return 'authorization'
  const name = textAt(credential['header'], 'name')
  return name === null ? null : name.toLowerCase()
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
