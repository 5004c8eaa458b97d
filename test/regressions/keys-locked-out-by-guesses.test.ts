import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createKey, hashKey } from '../../templates/runtime/auth/keys.ts'
import { some } from '../support/gatewayParts.ts'
import { type RawResponse, requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

/**
 * After 20 wrong secrets for the id of a key, the right key was answered with 401 from that address, so that its owner
 * took it for revoked.
 */
const pepper = 'a pepper of some length'
const keys = Array.from({ length: 8 }, () => createKey('shop'))

let service: RecordingService
let gateway: TestGateway
beforeAll(async () => {
  service = await createRecordingService()
  gateway = await startTestGateway({
    client: some.client({
      authenticators: { key: { kind: 'api-key', header: 'X-Api-Key', keys: '${KEYS}', pepper: '${PEPPER}' } },
      trustedProxies: ['127.0.0.1'],
    }),
    routes: [
      some.route('GET', '/orders', {
        access: { kind: 'principal', anyOf: [{ scopes: [], roles: [] }], own: [], when: [] },
      }),
      some.route('GET', '/products'),
    ],
    services: { orders: some.service(service.url) },
    env: {
      PEPPER: pepper,
      KEYS: JSON.stringify(
        keys.map(({ id, secret }) => ({ id, hash: hashKey(pepper, secret), subject: id, scopes: [] })),
      ),
    },
  })
})
afterAll(async () => {
  await gateway.close()
  await service.close()
})

const keyAt = (index: number) => keys[index] ?? createKey('shop')

function send(key: string, address: string, line = 'GET /orders HTTP/1.1'): Promise<RawResponse> {
  return sendRaw(gateway.port, requestText(line, [`X-Api-Key: ${key}`, `X-Forwarded-For: ${address}`]))
}

/** The answers to 40 wrong secrets for an id. */
async function guess(id: string, address: string, line?: string): Promise<readonly RawResponse[]> {
  const answers: RawResponse[] = []
  for (let i = 0; i < 40; i += 1) answers.push(await send(`shop_${id}_${createKey('shop').secret}`, address, line))
  return answers
}

const seen = ({ status, header, body }: RawResponse) => [
  status,
  header('retry-after'),
  header('www-authenticate'),
  header('cache-control'),
  body.replace(/urn:request:[^"]*/, ''),
]

test('the right key gets 429 with Retry-After from the guessing address, and is accepted from others (rule K3)', async () => {
  const { id, text } = keyAt(0)
  const { begun } = service
  const statuses = (await guess(id, '198.51.100.1')).map(({ status }) => status)
  expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401))
  expect(statuses).toContain(429)
  const refused = await send(text, '198.51.100.1')
  expect([refused.status, refused.header('content-type')]).toEqual([429, 'application/problem+json'])
  expect(Number(refused.header('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(Number(refused.header('retry-after'))).toBeLessThanOrEqual(3)
  expect(service.begun).toBe(begun)
  expect((await send(text, '198.51.100.2')).status).toBe(200)
  expect((await send(keyAt(1).text, '198.51.100.1')).status).toBe(200)
})

test.each([
  ['another method', 'HEAD /orders HTTP/1.1'],
  ['a public route', 'GET /products HTTP/1.1'],
])('%s: the same (rule K3)', async (what, line) => {
  const address = what === 'another method' ? '198.51.100.3' : '198.51.100.4'
  const { id, text } = keyAt(2)
  await guess(id, address, line)
  expect((await send(text, address, line)).status).toBe(429)
  expect((await send(text, '198.51.100.5', line)).status).toBe(200)
})

test.each([
  ['an IPv6 address', '2001:db8::1', '2001:db8::2', '2001:db8:0:1::1'],
  ['an IPv4-mapped address', '::ffff:198.51.100.6', '198.51.100.6', '198.51.100.7'],
])('guesses from %s block its network only (rules K3, H2)', async (_, guessing, same, other) => {
  const { id, text } = keyAt(3)
  await guess(id, guessing)
  expect((await send(text, same)).status).toBe(429)
  expect((await send(text, other)).status).toBe(200)
})

test('guesses at ids that do not exist have the same answers (rule K3)', async () => {
  const known = (await guess(keyAt(4).id, '198.51.100.8')).slice(0, 21).map(seen)
  for (const id of ['0123456789abcdef', 'constructor', keyAt(4).id.toUpperCase()]) {
    if (id === keyAt(4).id) continue
    expect((await guess(id, '198.51.100.8')).slice(0, 21).map(seen)).toEqual(known)
  }
  expect(known.map(([status]) => status)).toContain(429)
})
