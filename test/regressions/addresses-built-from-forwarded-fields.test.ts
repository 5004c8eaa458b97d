import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import express from 'express'
import type { Client } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { type RawResponse, requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordedRequest } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

// A service that built `Location` from the X-Forwarded-* of the gateway, or with https and its own Host, lost it: 201 came without Location, and 303 was
// 502. A gateway behind a proxy that removes a prefix gave addresses without it.

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

/** A gateway whose service, below `/base`, answers with a status and a `Location` made from its request. */
async function start(
  client: Partial<Client>,
  locationOf: (request: RecordedRequest) => string,
  status = 201,
): Promise<TestGateway> {
  const service = await createRecordingService((request, res) => {
    res.writeHead(status, { location: locationOf(request), 'content-location': locationOf(request) }).end()
  })
  closing.push(service)
  const gateway = await startTestGateway({
    client: some.client({ trustedProxies: ['127.0.0.1'], publicHosts: ['api.shop.example'], ...client }),
    routes: [
      some.route('POST', '/things', {
        contract: { service: 'orders', operation: 'create' },
        answers: { check: 'off', undeclared: 'pass', statuses: [String(status)] },
      }),
      some.route('GET', '/things/{id}'),
    ],
    services: { orders: some.service(`${service.url}/base`) },
    operations: { create: some.operation({ answers: { [status]: { content: {}, headers: [] } } }) },
  })
  closing.push(gateway)
  return gateway
}

const host = 'Host: api.shop.example'
const https = 'X-Forwarded-Proto: https'
const made = ({ headers }: RecordedRequest): string =>
  `${String(headers['x-forwarded-proto'])}://${String(headers['x-forwarded-host'])}/base/things/7`

async function post(
  gateway: Pick<TestGateway, 'port'>,
  fields: readonly string[] = [],
  path = '/things',
): Promise<RawResponse> {
  return sendRaw(gateway.port, requestText(`POST ${path} HTTP/1.1`, [host, 'Content-Length: 0', ...fields]))
}

describe('an address that a service made from what the gateway sent (rules H1, O1)', () => {
  test.each<readonly [string, (request: RecordedRequest) => string]>([
    ['from X-Forwarded-Proto and -Host', made],
    ['without a scheme', ({ headers }) => `//${String(headers['x-forwarded-host'])}/base/things/7`],
    ['with https and its own Host', ({ headers }) => `https://${String(headers.host)}/base/things/7`],
    ['with http and its own Host', ({ headers }) => `http://${String(headers.host)}/base/things/7`],
    ['with the standard port', ({ headers }) => `https://${String(headers['x-forwarded-host'])}:443/base/things/7`],
    ['as a path', () => '/base/things/7'],
    ['relative to the request', () => 'things/7'],
  ])('%s is the client’s path', async (_, locationOf) => {
    for (const status of [201, 303]) {
      const gateway = await start({}, locationOf, status)
      const answer = await post(gateway, [https])
      expect([answer.status, answer.header('location'), answer.header('content-location')]).toEqual([
        status,
        '/things/7',
        '/things/7',
      ])
    }
  })

  test.each<readonly [string, (request: RecordedRequest) => string]>([
    ['of another host', () => 'https://evil.example/base/things/7'],
    ['of another port', ({ headers }) => `https://${String(headers['x-forwarded-host'])}:8443/base/things/7`],
    ['with a user', ({ headers }) => `https://user@${String(headers['x-forwarded-host'])}/base/things/7`],
    ['without the base path of the service', () => 'https://api.shop.example/things/7'],
    ['that the client did not name', () => 'https://www.shop.example/base/things/7'],
  ])('%s is removed, and a redirection is 502', async (_, locationOf) => {
    expect((await post(await start({}, locationOf), [https])).header('location')).toBeUndefined()
    expect((await post(await start({}, locationOf, 303), [https])).status).toBe(502)
  })

  test('with a host that the gateway has not compared, and so not sent, is removed', async () => {
    const gateway = await start({ publicHosts: null }, () => 'https://api.shop.example/base/things/7')
    expect((await post(gateway, [https])).header('location')).toBeUndefined()
  })
})

describe('a base path stands in Location, once', () => {
  test.each<readonly [string, Partial<Client>, readonly string[], string, string]>([
    ['basePath, which the proxy removes', { basePath: '/api/gw' }, [], '/things', '/api/gw/things/7'],
    [
      'basePath, which the proxy leaves',
      { basePath: '/api/gw', stripBasePath: true },
      [],
      '/api/gw/things',
      '/api/gw/things/7',
    ],
    ['in another spelling', { basePath: '/api/gw', stripBasePath: true }, [], '/%61pi/g%77/things', '/api/gw/things/7'],
    ['X-Forwarded-Prefix', {}, ['X-Forwarded-Prefix: /api'], '/things', '/api/things/7'],
    [
      'basePath before X-Forwarded-Prefix',
      { basePath: '/gw' },
      ['X-Forwarded-Prefix: /api'],
      '/things',
      '/gw/things/7',
    ],
    ['X-Forwarded-Prefix of a client', { trustedProxies: [] }, ['X-Forwarded-Prefix: /api'], '/things', '/things/7'],
  ])('%s', async (_, client, fields, path, want) => {
    const answer = await post(await start(client, made), fields, path)
    expect([answer.header('location'), answer.header('content-location')]).toEqual([want, want])
  })

  test.each([
    '/',
    '/api/',
    'api',
    '//evil.example',
    '/a/../b',
    '/a/./b',
    '/..',
    '/api%2f',
    '/a b',
    'https://evil.example',
    '/a, /b',
    '/a?b',
    '/a;b',
  ])('X-Forwarded-Prefix %s is ignored, and logged', async (prefix) => {
    const gateway = await start({}, made)
    expect((await post(gateway, [`X-Forwarded-Prefix: ${prefix}`])).header('location')).toBe('/things/7')
    const line = await gateway.line(({ msg }) => String(msg).includes('X-Forwarded-Prefix'))
    expect(line).toMatchObject({ level: 'warn' })
    expect(Object.keys(line)).not.toContain('prefix')
  })

  describe('with stripBasePath', () => {
    const client = { basePath: '/api', stripBasePath: true }

    test.each([
      ['GET /api/things/7', 201],
      ['GET /api', 404],
      ['GET /things/7', 404],
      ['GET /apis/things/7', 404],
      ['GET /API/things/7', 404],
      ['GET /api/api/things/7', 404],
      ['OPTIONS /things/7', 404],
      ['OPTIONS /api/things/7', 204],
      ['OPTIONS *', 204],
      ['GET /health/live', 200],
      ['GET /api/health/live', 200],
    ])('%s is %d', async (line, status) => {
      const gateway = await start(client, made)
      expect((await sendRaw(gateway.port, requestText(`${line} HTTP/1.1`, [host]))).status).toBe(status)
    })
  })
})

describe('mounted in another app', () => {
  test.each<readonly [string, string, Partial<Client>, readonly string[], string, string]>([
    ['at a path', '/api/gw', {}, [], '/api/gw/things', '/api/gw/things/7'],
    ['and behind a proxy that names a prefix', '/gw', {}, ['X-Forwarded-Prefix: /gw'], '/gw/things', '/gw/things/7'],
    ['at its basePath', '/api/gw', { basePath: '/api/gw' }, [], '/api/gw/things', '/api/gw/things/7'],
    [
      'at its basePath, which is removed',
      '/api/gw',
      { basePath: '/api/gw', stripBasePath: true },
      [],
      '/api/gw/things',
      '/api/gw/things/7',
    ],
    [
      'at a part of its basePath',
      '/api',
      { basePath: '/api/gw', stripBasePath: true },
      [],
      '/api/gw/things',
      '/api/gw/things/7',
    ],
    [
      'at the end of its basePath',
      '/gw',
      { basePath: '/api/gw', stripBasePath: true },
      [],
      '/gw/things',
      '/api/gw/things/7',
    ],
    ['at the root', '/', {}, [], '/things', '/things/7'],
    ['in another case', '/api', {}, [], '/API/things', '/API/things/7'],
  ])('%s', async (_, mount, client, fields, path, want) => {
    const gateway = await start(client, made)
    const app = express()
    app.use(mount, gateway.gateway.app)
    const server = createServer(app)
    closing.push({ close: () => server.closeAllConnections() }, server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const answer = await post({ port: (server.address() as AddressInfo).port }, fields, path)
    expect([answer.status, answer.header('location')]).toEqual([201, want])
  })
})

test('the wrong settings are refused at the start', async () => {
  const failing = (client: Partial<Client>) => start(client, made)
  await expect(failing({ basePath: '/api/' })).rejects.toThrow('basePath "/api/" is not a path such as /api')
  await expect(failing({ basePath: 'https://evil.example' })).rejects.toThrow('basePath')
  await expect(failing({ ownPath: '/..' })).rejects.toThrow('ownPath "/.." is not a path such as /api')
  await expect(failing({ stripBasePath: true })).rejects.toThrow('stripBasePath needs a basePath')
})
