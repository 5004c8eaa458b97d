import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parseEnvText } from '../../templates/runtime/words/envText.ts'
import { type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'
import { generatedFrom, recipes } from './recipe.ts'
import { type Vendor, type VendorToken, vendors } from './vendors.ts'

// The recipes of docs/issuers.md, from their text to a running gateway, with tokens of each issuer's form (rules J4, J10).

let idp: IdentityProvider
let service: RecordingService
beforeAll(async () => {
  idp = await startIdentityProvider('RS256')
  service = await createRecordingService((_request, res) => res.writeHead(204).end())
})
afterAll(async () => {
  await Promise.all([idp.close(), service.close()])
})

test('every recipe has tokens', () => {
  expect([...recipes.keys()]).toEqual(vendors.map(({ recipe }) => recipe))
})

/** Starts the gateway of a recipe. The variable of the issuer, and that of its keys, have the addresses of the provider. */
async function start({ recipe, suffix, env, scope }: Vendor): Promise<TestGateway> {
  const { codes, client } = await generatedFrom(recipes.get(recipe) ?? '', scope)
  expect(codes).toEqual([])
  if (client === undefined) throw new Error(`There is no plan for ${recipe}.`)
  const [orders] = client.services
  const issuer = `${idp.issuer}${suffix}`
  const path = suffix.replace(/\/$/, '')
  idp.metadataPath = `${path}/.well-known/openid-configuration`
  idp.metadata = { issuer, jwks_uri: idp.jwksUrl }
  const variables = Object.values(client.client.authenticators).flatMap((authenticator) =>
    authenticator.kind === 'jwt' ? authenticator.issuers : [],
  )
  const named = (text: string | null | undefined, value: string) =>
    parseEnvText(text ?? '').variables.map(({ name }) => [name, value] as const)
  return startTestGateway({
    client: client.client,
    routes: client.routes.map(({ written }) => written),
    services: Object.fromEntries(client.services.map(({ id, service: one }) => [id, one])),
    operations: orders?.schemas.operations ?? {},
    schemas: orders?.schemas.schemas ?? {},
    env: {
      ...env,
      ORDERS_URL: service.url,
      ...Object.fromEntries(
        variables.flatMap((one) => [...named(one.issuer, issuer), ...named(one.jwks, idp.jwksUrl)]),
      ),
    },
  })
}

describe.each(vendors.map((vendor) => [vendor.recipe, vendor] as const))('%s', (_, vendor) => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await start(vendor)
  })
  afterAll(() => gateway.close())

  async function statusesOf({ typ, claims }: VendorToken): Promise<readonly number[]> {
    const given: object = { iss: `${idp.issuer}${vendor.suffix}`, aud: undefined, ...claims }
    const token = await idp.token({ ...given }, { typ })
    const ask = async (line: string, more: readonly string[] = []) =>
      (await sendRaw(gateway.port, requestText(line, [`Authorization: Bearer ${token}`, ...more]))).status
    return [await ask('GET /orders HTTP/1.1'), await ask('POST /refunds HTTP/1.1', ['Content-Length: 0'])]
  }

  test.each(Object.entries(vendor.accepted))('takes %s', async (name, token) => {
    const expected = [name.includes('without scope') ? 403 : 204, name.includes('without role') ? 403 : 204]
    expect(await statusesOf(token)).toEqual(expected)
  })

  test.each(Object.entries(vendor.refused))('refuses %s', async (_name, token) => {
    const { begun } = service
    expect(await statusesOf(token)).toEqual([401, 401])
    expect(service.begun).toBe(begun)
  })
})
