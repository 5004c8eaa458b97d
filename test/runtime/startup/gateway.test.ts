import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { ConfigurationError } from '../../../templates/runtime/environment/environment.ts'
import { createGateway } from '../../../templates/runtime/startup/gateway.ts'
import type { Client, Gateway } from '../../../templates/runtime/vocabulary.ts'
import { some } from '../../support/gatewayParts.ts'
import { startTestGateway, type TestGatewayParts } from '../../support/testGateway.ts'

const orders = { orders: some.service('http://127.0.0.1:9') }

/** The errors with which a gateway of these parts refuses to start. */
async function complaints(parts: Partial<TestGatewayParts>): Promise<readonly string[]> {
  try {
    const gateway = await startTestGateway({ routes: [some.route('GET', '/orders')], services: orders, ...parts })
    await gateway.close()
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return [...error.missing, ...error.problems]
  }
}

const client = (more: Partial<Client>) => ({ client: some.client(more) })

describe('a gateway that cannot start reports why', () => {
  test('it starts without faults', async () => {
    expect(await complaints({})).toEqual([])
  })

  test('every missing variable, wherever it is used', async () => {
    const service = some.service(['${ORDERS_URL}', '${ORDERS_URL_2:-http://127.0.0.1:9}'], {
      credentials: { key: { kind: 'header', name: 'X-Api-Key', value: '${ORDERS_KEY}' } },
    })
    expect(
      await complaints({
        services: { orders: service },
        ...client({
          publicHosts: ['${HOSTS}'],
          trustedProxies: ['${PROXIES}'],
          cors: { origins: ['${ORIGIN}'], credentials: false, expose: [], maxAge: 0 },
          authenticators: { key: { kind: 'api-key', header: 'X-Key', keys: '${KEYS}', pepper: '${PEPPER}' } },
        }),
      }),
    ).toEqual(['HOSTS', 'KEYS', 'ORDERS_KEY', 'ORDERS_URL', 'ORIGIN', 'PEPPER', 'PROXIES'])
  })

  test.each<[string, Partial<TestGatewayParts>, string]>([
    [
      'an address',
      { services: { orders: some.service('ftp://orders') } },
      'the url of service orders (ftp://orders) does not begin with http:// or https://',
    ],
    ['no address', { services: { orders: some.service([]) } }, 'service orders has no url'],
    [
      'a proxy',
      client({ trustedProxies: ['10.0.0.0/33'] }),
      '"10.0.0.0/33" is not an IP address or a CIDR range of a trusted proxy',
    ],
    [
      'a host',
      client({ publicHosts: ['https://shop.example'] }),
      '"https://shop.example" is not a public host: a name or address, optionally with a port',
    ],
    ['no host', client({ publicHosts: ['${HOSTS:-}'] }), 'publicHosts is empty'],
    [
      'an origin',
      client({ cors: { origins: ['*'], credentials: false, expose: [], maxAge: 0 } }),
      '"*" is not an origin such as https://shop.example',
    ],
    ['a port', { env: { PORT: '65536' } }, 'PORT must be a whole number from 0 to 65535'],
    ['a time', { env: { DRAIN_GRACE_MS: '5s' } }, 'DRAIN_GRACE_MS must be a whole number from 0 to 3600000'],
    ['an address to listen on', { env: { HOST: 'shop.example' } }, 'HOST must be an IP address'],
    [
      'a log level',
      { env: { LOG_LEVEL: 'loud' } },
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
    ],
    [
      'an operation',
      { routes: [some.route('GET', '/orders', { contract: { service: 'orders', operation: 'other' } })] },
      'route orders.GET/orders needs other, which is not in orders/schemas.json',
    ],
    [
      'a service',
      {
        routes: [
          some.route('GET', '/a', {
            action: { kind: 'call', service: 'other', method: 'GET', path: '/a', credentials: [] },
          }),
        ],
      },
      'route orders.GET/a calls other, which is not a service',
    ],
    [
      'the contract of a service',
      { routes: [some.route('GET', '/a', { contract: { service: 'other', operation: 'any' } })] },
      'other/schemas.json cannot be read',
    ],
    [
      'a path of the gateway',
      { routes: [some.route('GET', '/health/live')] },
      'route orders.GET/health/live (/health/live) takes /health/live, which is an endpoint of the gateway',
    ],
    [
      'two of one kind',
      { routes: [some.route('GET', '/a/{b}'), some.route('GET', '/a/{c}', { id: 'orders.other' })] },
      'routes orders.GET/a/{b} and orders.other can match the same request',
    ],
  ])('%s', async (_, parts, want) => {
    expect(await complaints(parts)).toContain(want)
  })

  test('missing contracts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-'))
    const gateway: Gateway = {
      client: some.client(),
      routes: [some.route('GET', '/a')],
      services: orders,
      data: pathToFileURL(`${folder}/`),
    }
    expect(() => createGateway(gateway, { env: {} })).toThrow('orders/schemas.json cannot be read')
    await rm(folder, { recursive: true })
  })
})

test('an address in use is a rejection, not a crash', async () => {
  const first = await startTestGateway({ routes: [], services: {} })
  await expect(startTestGateway({ routes: [], services: {}, env: { PORT: String(first.port) } })).rejects.toThrow(
    'EADDRINUSE',
  )
  await first.close()
})
