import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Schema } from '../../templates/runtime/vocabulary.ts'
import { answerText, startBetween } from '../support/between.ts'
import { some } from '../support/gatewayParts.ts'
import { aClient, issuerOf } from '../support/identity.ts'
import { type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'

// A precondition or `Range` of the client replaced the value that a bind of the manifest had filled from the caller's claims.

let idp: IdentityProvider
let authorization: string

beforeAll(async () => {
  idp = await startIdentityProvider()
  authorization = `Authorization: Bearer ${await idp.token({ state: 'bound' })}`
})

afterAll(() => idp.close())

/** The lines of the field that reach the service, where it is bound and the client sends it too. */
async function reached(method: string, bound: string, sent: readonly string[], type: string, schema: Schema) {
  const name = `${method} /orders`
  const between = await startBetween(() => answerText(200, [`Content-Type: ${type}`], '{"a":1}'), {
    client: aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp)] } }),
    operations: {
      [name]: some.operation({
        header: { [bound]: some.parameter() },
        answers: { 200: { content: { [type]: { schema, encoding: {} } }, headers: [] } },
      }),
    },
    policy: { undeclared: 'drop' },
    more: {
      access: { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] },
      request: { ...some.request('/orders'), bind: [{ in: 'header', name: bound, claim: ['state'] }] },
    },
  })
  const ask = () => between.ask(`${method} /orders HTTP/1.1`, [authorization, 'Content-Length: 0', ...sent])
  let answer = await ask()
  // The keys of the issuer may not have arrived yet.
  while (answer.status === 503) answer = await ask()
  await between.close()
  const lines = between.heads.at(-1)?.split('\r\n') ?? []
  return [answer.status, ...lines.filter((line) => line.toLowerCase().startsWith(`${bound.toLowerCase()}:`))]
}

const json: Schema = { type: 'object', properties: { a: { type: 'integer' } } }

describe.each<[string, string, Schema]>([
  ['projected', 'application/json', json],
  ['passed on', 'text/csv', {}],
])('where the body is %s (rule P5)', (_, type, schema) => {
  test.each([
    ['PUT', 'If-Match'],
    ['PATCH', 'if-match'],
    ['DELETE', 'IF-UNMODIFIED-SINCE'],
    ['GET', 'If-None-Match'],
    ['GET', 'If-Modified-Since'],
    ['GET', 'Range'],
    ['GET', 'if-range'],
  ])('%s with a bound %s', async (method, bound) => {
    const lower = bound.toLowerCase()
    const spellings = [[`${bound}: "sent"`], [`${lower.toUpperCase()}: *`], [`${lower}: "a"`, `Connection: ${lower}`]]
    for (const sent of [[], ...spellings]) {
      expect(await reached(method, bound, sent, type, schema)).toEqual([200, `${lower}: bound`])
    }
  })
})
