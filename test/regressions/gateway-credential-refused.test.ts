import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Credential, MutualTls } from '../../templates/runtime/vocabulary.ts'
import { answerText, startBetween } from '../support/between.ts'
import { makeCertificate } from '../support/certificate.ts'
import { some } from '../support/gatewayParts.ts'
import { aClient, issuerOf } from '../support/identity.ts'
import { type IdentityProvider, startIdentityProvider } from '../support/identityProvider.ts'

// A service that refused the gateway's own credential was passed on as 401 where it also got the caller's token. The browser sent its
// user to log in again, without end.

let idp: IdentityProvider
let folder: string
let authorization: string

beforeAll(async () => {
  idp = await startIdentityProvider()
  authorization = `Authorization: Bearer ${await idp.token()}`
  folder = mkdtempSync(join(tmpdir(), 'tls-'))
  const { cert, key } = makeCertificate()
  writeFileSync(join(folder, 'cert.pem'), cert)
  writeFileSync(join(folder, 'key.pem'), key)
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await idp.close()
})

const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })

const kinds = (): Record<string, Credential> => ({
  principal: { kind: 'principal' },
  header: { kind: 'header', name: 'X-Key', value: 'secret' },
  basic: { kind: 'basic', username: 'gateway', password: 'secret' },
  client: { kind: 'client', tokenUrl: idp.tokenUrl, clientId: 'a', clientSecret: 'b', scopes: [], audience: null },
  exchange: { kind: 'exchange', tokenUrl: idp.tokenUrl, clientId: 'a', clientSecret: 'b', scopes: [], audience: 'c' },
  identity: { kind: 'identity', issuer: 'https://g', audience: 'c', key: '${KEY}', claims: [], lifetime: 60 },
})

interface Call {
  readonly sends: readonly string[]
  readonly tls?: boolean
  readonly unauthorized?: 'pass'
  /** `WWW-Authenticate` of the service. */
  readonly challenges?: readonly string[]
  readonly status?: number
}

/** What the caller gets when the service answers with 401, and what the log says about the call. */
async function ask({ sends, tls = false, unauthorized, challenges = [], status = 401 }: Call) {
  const fields = challenges.map((each) => `WWW-Authenticate: ${each}`)
  const sent = answerText(status, ['Content-Type: application/json', ...fields], '{"code":"x","internal":1}')
  const certificate: MutualTls = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem'), ca: null }
  const between = await startBetween(() => sent, {
    client: aClient({ bearer: { kind: 'jwt', issuers: [issuerOf(idp)] } }),
    env: { KEY: String(pem) },
    operations: {
      'POST /orders': some.operation({
        answers: { 401: some.answer({ type: 'object', properties: { code: { type: 'string' } } }) },
      }),
    },
    policy: unauthorized === undefined ? {} : { unauthorized },
    service: { credentials: kinds(), tls: tls ? certificate : null },
    more: { action: { kind: 'call', service: 'orders', method: 'POST', path: '/orders', credentials: sends } },
  })
  // The keys of the issuer may not have arrived yet.
  let answer = await between.ask('POST /orders HTTP/1.1', [authorization, 'Content-Length: 0'])
  while (answer.status === 503)
    answer = await between.ask('POST /orders HTTP/1.1', [authorization, 'Content-Length: 0'])
  const codes = between.gateway.lines
    .filter(({ code }) => code !== undefined)
    .map(({ level, code }) => `${level} ${code}`)
  await between.close()
  return { answer, codes }
}

describe('a 401 about a credential of the gateway is 502, with a line in the log (rule O1)', () => {
  test.each<[string, Call]>([
    ...['header', 'basic', 'client', 'exchange', 'identity'].map((kind): [string, Call] => [kind, { sends: [kind] }]),
    [
      'exchange, with a challenge for bearer tokens',
      { sends: ['exchange'], challenges: ['Bearer error="invalid_token"'] },
    ],
    ['mtls', { sends: [], tls: true }],
    ['no credential', { sends: [] }],
    ['principal and header, without a challenge', { sends: ['principal', 'header'] }],
    [
      'principal and header, with another scheme',
      { sends: ['principal', 'header'], challenges: ['ApiKey realm="Bearer"'] },
    ],
    [
      'principal and mtls, with another scheme',
      { sends: ['principal'], tls: true, challenges: ['Basic realm="a, Bearer b"'] },
    ],
    ['principal, 407', { sends: ['principal'], status: 407 }],
  ])('%s', async (_, call) => {
    const { answer, codes } = await ask(call)
    expect([answer.status, answer.header('www-authenticate'), codes]).toEqual([
      502,
      undefined,
      ['warn credential-refused'],
    ])
  })
})

describe('a 401 about the token of the caller is the caller’s, with its challenge', () => {
  const token = 'Bearer realm="orders", error="invalid_token"'
  test.each<[string, Call, string]>([
    ['principal', { sends: ['principal'], challenges: [token] }, token],
    ['principal, without a challenge', { sends: ['principal'] }, 'Bearer realm="shop-test", error="invalid_token"'],
    ['principal and header', { sends: ['principal', 'header'], challenges: [token] }, token],
    [
      'principal and header, in lower case among others',
      { sends: ['principal', 'header'], challenges: ['ApiKey, bearer'] },
      'bearer',
    ],
    [
      'principal and mtls, in two lines',
      { sends: ['principal'], tls: true, challenges: ['Basic realm="a"', token] },
      token,
    ],
  ])('%s', async (_, call, challenge) => {
    const { answer, codes } = await ask(call)
    expect([answer.status, answer.body, codes]).toEqual([401, '{"code":"x"}', []])
    expect(answer.header('www-authenticate')).toBe(challenge)
  })
})

describe('a login passes its 401 with `unauthorized: pass`', () => {
  test.each<[string, Call, string | undefined]>([
    ['no credential', { sends: [] }, undefined],
    ['a header', { sends: ['header'], challenges: ['Form realm="a"'] }, 'Form realm="a"'],
    [
      'basic, whose challenge would make browsers ask for a password',
      { sends: ['basic'], challenges: ['Basic realm="a"'] },
      undefined,
    ],
  ])('%s', async (_, call, challenge) => {
    const { answer, codes } = await ask({ ...call, unauthorized: 'pass' })
    expect([answer.status, answer.body, codes]).toEqual([401, '{"code":"x"}', []])
    expect(answer.header('www-authenticate')).toBe(challenge)
  })
})
