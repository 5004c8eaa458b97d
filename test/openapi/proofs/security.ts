import { expect } from '@jest/globals'
import type { JsonObject, JsonValue } from '../../../generator/read/types.ts'
import { at, getting, giving, taking } from '../documents.ts'
import { outcomeOf, planOf } from '../probe.ts'
import { isIgnored, type Proof, type Proofs } from '../proof.ts'
import { calledWith, guards, oauth } from './access.ts'
import { marked, withholds } from './schema.ts'

const flow = {
  authorizationUrl: 'https://id.example/authorize',
  deviceAuthorizationUrl: 'https://id.example/device',
  tokenUrl: 'https://id.example/token',
  refreshUrl: 'https://id.example/refresh',
  scopes: { read: 'To read' },
}
const flows = {
  implicit: flow,
  password: flow,
  clientCredentials: flow,
  authorizationCode: flow,
  deviceAuthorization: flow,
}
const scheme = {
  type: 'oauth2',
  description: 'How to',
  bearerFormat: 'JWT',
  flows,
  openIdConnectUrl: 'https://id.example',
  oauth2MetadataUrl: 'https://id.example/metadata',
  deprecated: true,
}

const ignored = (pointer: string): Proof =>
  isIgnored({
    document: getting({}, { openapi: '3.2.0', components: { securitySchemes: { it: scheme } } }),
    at: `/components/securitySchemes/it/${pointer}`,
  })

/**
 * The header `X-Key` and the query parameter `key`, as far as the client may send them with this scheme for a
 * credential.
 */
const admitted = async (securityScheme: JsonObject): Promise<readonly string[]> => {
  const parameters = [
    { name: 'X-Key', in: 'header', schema: {} },
    { name: 'key', in: 'query', schema: {} },
  ]
  const document = getting({ parameters }, { components: { securitySchemes: { it: securityScheme } } })
  return (await planOf(document)).routes.flatMap(({ route: { request } }) => [...request.header, ...request.query])
}

const ofApiKey: Proof = async () => {
  expect(await admitted({ type: 'apiKey', in: 'header', name: 'X-Key' })).toEqual(['key'])
  expect(await admitted({ type: 'apiKey', in: 'query', name: 'key' })).toEqual(['X-Key'])
  expect(await admitted({ type: 'apiKey', in: 'header', name: 'X-Other' })).toEqual(['X-Key', 'key'])
  expect(await admitted({ type: 'http', scheme: 'bearer' })).toEqual(['X-Key', 'key'])
}

/** The access of an operation that requires a scheme, if the manifest maps the scheme to the caller. */
const accessBy = async (securityScheme: JsonObject, requirement: JsonValue): Promise<unknown> => {
  const document = getting({ security: [requirement] }, { components: { securitySchemes: { it: securityScheme } } })
  const { client, problems } = await outcomeOf(document, calledWith('it'))
  return client?.routes.map(({ route }) => route.access) ?? problems
}

const grants = (scopes: readonly string[], roles: readonly string[] = []): unknown => [
  { kind: 'principal', anyOf: [{ scopes, roles }], own: [], when: [] },
]

const decides: Proof = async () => {
  expect(await accessBy({ type: 'oauth2', flows: {} }, { it: ['read'] })).toEqual(grants(['read']))
  expect(await accessBy({ type: 'http', scheme: 'bearer' }, { it: ['staff'] })).not.toEqual(grants(['staff']))
}

/** The manifest must have the kind of credential that the scheme requires. */
const asksFor: Proof = async () => {
  const credential = { basic: { username: '${USER_NAME}', password: '${PASSWORD}' } }
  const service = { security: { it: 'service' }, credential }
  const problemsOf = async (name: string) => {
    const components = { securitySchemes: { it: { type: 'http', scheme: name } } }
    return (await outcomeOf(getting({ security: [{ it: [] }] }, { components }), { service })).problems
  }
  expect(await problemsOf('basic')).toEqual([])
  expect(await problemsOf('Basic')).toEqual([])
  expect(await problemsOf('bearer')).not.toEqual([])
}

export const securitySchemeProofs: Proofs = {
  type: { used: decides },
  in: { used: ofApiKey },
  name: { used: ofApiKey },
  scheme: { used: asksFor },
  ...Object.fromEntries(
    ['description', 'bearerFormat', 'flows', 'openIdConnectUrl', 'oauth2MetadataUrl', 'deprecated'].map((keyword) => [
      keyword,
      { ignored: ignored(keyword) },
    ]),
  ),
}

export const oauthFlowsProofs: Proofs = Object.fromEntries(
  Object.keys(flows).map((keyword) => [keyword, { ignored: ignored(`flows/${keyword}`) }]),
)

export const oauthFlowProofs: Proofs = Object.fromEntries(
  Object.keys(flow).map((keyword) => [keyword, { ignored: ignored(`flows/implicit/${keyword}`) }]),
)

export const securityRequirementProofs: Proofs = {
  '{name}': {
    enforced: async (codes) => {
      await guards((security) => getting({ security }, { components: oauth }))(codes)
      expect(await accessBy({ type: 'oauth2', flows: {} }, { it: ['read', 'write'] })).toEqual(
        grants(['read', 'write']),
      )
      expect(await accessBy({ type: 'oauth2', flows: {} }, { it: [] })).toEqual(grants([]))
      expect(await accessBy({ type: 'oauth2', flows: {} }, { other: [] })).toEqual([
        `GW2114 ${at.get}/security/0/other`,
      ])
    },
  },
}

export const extensionProofs: Proofs = {
  'x-sensitive': { enforced: withholds('x-sensitive', marked('x-sensitive', true)) },
  'x-…': {
    ignored: async (codes) => {
      await isIgnored({ document: taking({ type: 'string', 'x-a': 1 }), at: `${at.body}/schema/x-a` })(codes)
      await isIgnored({ document: giving({ type: 'string' }, { root: { 'x-a': 1 } }), at: '/x-a' })(codes)
      await isIgnored({ document: getting({ 'x-a': { url: 'http://internal' } }), at: `${at.get}/x-a` })(codes)
    },
  },
}
