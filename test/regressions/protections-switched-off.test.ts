import { afterEach, describe, expect, test } from '@jest/globals'
import { ConfigurationError } from '../../templates/runtime/environment/environment.ts'
import type { Client } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { manifest, operation, planned, spec } from '../support/planned.ts'
import { startTestGateway } from '../support/testGateway.ts'

/**
 * Settings that switch off a protection were accepted in silence: proxies that are everybody, tokens that are valid
 * for an hour after they expire, and a process whose environment switches off the verification of certificates.
 */
const orders = { orders: spec([`/orders: { ${operation('get')} }`]) }
const exposed = ["'orders GET /orders': {}"]
const codes = (text: string) => planned(text, orders).codes.filter((code) => code.startsWith('GW333'))

/** The warnings in the log of a gateway that has started, or the reasons why it did not start. */
async function started(
  client: Partial<Client>,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly unknown[]> {
  try {
    const gateway = await startTestGateway({
      client: some.client(client),
      routes: [some.route('GET', '/orders')],
      services: { orders: some.service('https://orders.example') },
      env,
    })
    await gateway.close()
    return gateway.lines.filter(({ level }) => level === 'warn').map(({ msg }) => msg)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.problems
  }
}

describe('trusted proxies that contain callers (rule H1)', () => {
  const wide = [
    '0.0.0.0/0',
    '::/0',
    '::ffff:0.0.0.0/96',
    '::/80',
    '2000::/3',
    '0.0.0.0/1, 128.0.0.0/1',
    '128.0.0.0/1 ::/1',
  ]
  const usual = ['10.0.0.0/8', '10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fd00::/8', '127.0.0.1 ::1']
  const warning = 'trustedProxies contains callers, who can choose the address that they are known by'

  test.each(wide)('%s: a warning at generation, also as the default of a variable, and at the start', async (text) => {
    for (const written of [text, `\${PROXIES:-${text}}`]) {
      expect(codes(manifest(exposed, { client: `trustedProxies: ['${written}']` }))).toEqual(['GW3330'])
    }
    const separate = text.split(/[ ,]+/).map((one) => `'${one}'`)
    expect(codes(manifest(exposed, { client: `trustedProxies: [${separate.join(', ')}]` }))).toEqual(['GW3330'])
    expect(await started({ trustedProxies: [text] })).toEqual([warning])
    expect(await started({ trustedProxies: ['${PROXIES}'] }, { PROXIES: text })).toEqual([warning])
  })

  test.each(usual)('%s: none', async (text) => {
    expect(codes(manifest(exposed, { client: `trustedProxies: ['${text}']` }))).toEqual([])
    expect(await started({ trustedProxies: [text] })).toEqual([])
  })
})

describe('clocks that may differ by more than five minutes', () => {
  const tolerating = (issuer: string) =>
    manifest(exposed).replace(/^ {2}bearer: .*$/m, () => `  bearer: { type: jwt, ${issuer} }`)

  test.each([
    ['301s', ['GW3331']],
    ['6m', ['GW3331']],
    ['1h', ['GW3331']],
    ['365d', ['GW3331']],
    ['5m', []],
    ['300s', []],
    ['0s', []],
  ])('%s', (skew, want) => {
    const one = `issuer: 'https://a.example', audience: shop, clockSkew: ${skew}`
    expect(codes(tolerating(one))).toEqual(want)
    const other = "{ issuer: 'https://b.example', audience: shop }"
    expect(codes(tolerating(`issuers: [${other}, { ${one} }]`))).toEqual(want)
  })
})

describe('NODE_TLS_REJECT_UNAUTHORIZED=0 (rule O3)', () => {
  const refusal = [expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the verification')]
  const switchedOff = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  afterEach(() => {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before
  })

  test('is refused at the start', async () => {
    expect(await started({}, switchedOff)).toEqual(refusal)
  })

  test('is refused where another environment than that of the process was passed', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    expect(await started({})).toEqual(refusal)
  })

  test('is allowed by a setting, with a warning at generation and at the start', async () => {
    expect(await started({ unverifiedTls: 'allow' }, switchedOff)).toEqual([
      'certificates of services and identity providers are not verified: NODE_TLS_REJECT_UNAUTHORIZED is 0',
    ])
    expect(codes(manifest(exposed, { client: 'unverifiedTls: allow' }))).toEqual(['GW3332'])
    expect(planned(manifest(exposed, { client: 'unverifiedTls: allow' }), orders).client.client.unverifiedTls).toBe(
      'allow',
    )
  })

  test.each(['1', '', '00', 'false'])('%j verifies, as Node.js reads it', async (value) => {
    expect(await started({}, { NODE_TLS_REJECT_UNAUTHORIZED: value })).toEqual([])
  })

  test('a setting without the variable is silent', async () => {
    expect(await started({ unverifiedTls: 'allow' })).toEqual([])
    expect(codes(manifest(exposed, { client: 'unverifiedTls: refuse' }))).toEqual([])
  })
})
