import { afterEach, describe, expect, test } from '@jest/globals'
import { emit } from '../../generator/emit/index.ts'
import { Diagnostics } from '../../generator/support/index.ts'
import type { Client } from '../../templates/runtime/vocabulary.ts'
import { some } from '../support/gatewayParts.ts'
import { manifest, operation, planned, spec } from '../support/planned.ts'
import { requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

// A document with `GET /{owner}/{repo}` generated, and the gateway refused to start, because the path covers `/health/live`; and `generate` refused
// all paths below `/health` and `/.well-known`.

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

async function start(paths: readonly string[], client: Partial<Client> = {}) {
  const service = await createRecordingService()
  closing.push(service)
  const gateway = await startTestGateway({
    client: some.client(client),
    routes: paths.map((path) => some.route('GET', path)),
    services: { orders: some.service(service.url) },
  })
  closing.push(gateway)
  const ask = async (line: string) => {
    const { status, body } = await sendRaw(gateway.port, requestText(`${line} HTTP/1.1`))
    return [status, body.includes('ok":true') ? 'service' : 'gateway']
  }
  return { service, ask }
}

const seen = ({ requests }: RecordingService): readonly string[] => requests.map(({ url }) => url)

describe('a route whose parameters cover own paths is served, without these', () => {
  test.each([
    ['/{owner}/{repo}', ['/a/b', '/health/other', '/.well-known/openid-configuration', '/Health/live']],
    ['/health/{what}', ['/health/other', '/health/livez']],
    ['/{what}/live', ['/a/live']],
    ['/.well-known/{what}', ['/.well-known/other']],
    ['/{what}ealth/ready', ['/wealth/ready']],
  ])('%s', async (path, others) => {
    const { service, ask } = await start([path])
    expect(await ask('GET /health/live')).toEqual([200, 'gateway'])
    expect(await ask('GET /%68ealth/li%76e')).toEqual([200, 'gateway'])
    expect(await ask('HEAD /health/ready')).toEqual([200, 'gateway'])
    expect(await ask('GET /.well-known/jwks.json')).toEqual([404, 'gateway'])
    expect(await ask('DELETE /health/live')).toEqual([405, 'gateway'])
    expect(service.begun).toBe(0)
    for (const other of others) expect([other, await ask(`GET ${other}`)]).toEqual([other, [200, 'service']])
    expect(seen(service)).toEqual(others)
  })

  test('paths beside, above and below the own ones belong to the service', async () => {
    const paths = [
      '/health',
      '/health/live/details',
      '/health/liveness',
      '/health/ready.json',
      '/.well-known',
      '/.well-known/jwks.json/old',
      '/.well-known/acme-challenge/{token}',
      '/.well-known/security.txt',
    ]
    const { service, ask } = await start(paths)
    const asked = paths.map((path) => path.replace('{token}', 'a'))
    for (const path of asked) expect([path, await ask(`GET ${path}`)]).toEqual([path, [200, 'service']])
    expect(seen(service)).toEqual(asked)
  })

  test('all of them with `ownPath`, which moves the own paths', async () => {
    const { service, ask } = await start(['/{owner}/{repo}', '/health/live'], { ownPath: '/_gateway' })
    expect(await ask('GET /_gateway/health/live')).toEqual([200, 'gateway'])
    expect(await ask('GET /_gateway/health/ready')).toEqual([200, 'gateway'])
    expect(await ask('GET /_gateway/.well-known/jwks.json')).toEqual([404, 'gateway'])
    for (const path of ['/health/live', '/health/ready', '/.well-known/jwks.json']) {
      expect(await ask(`GET ${path}`)).toEqual([200, 'service'])
    }
    expect(seen(service)).toEqual(['/health/live', '/health/ready', '/.well-known/jwks.json'])
  })
})

describe('generate', () => {
  const two = ['owner', 'repo'].map((name) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`)
  const paths = [
    `/{owner}/{repo}: { parameters: [${two.join(', ')}], ${operation('get', 'operationId: repo')} }`,
    `/health/services: { ${operation('get', 'operationId: services')} }`,
    `/.well-known/openid-configuration: { ${operation('get', 'operationId: discovery')} }`,
  ]
  const plan = (client = '') => planned(manifest(["'orders.*': {}"], { client }), { orders: spec(paths) })

  test('warns about the paths that a route does not get, and only about these', () => {
    const { diagnostics, client } = plan()
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'GW3116',
        'orders.repo at `/{owner}/{repo}` does not get `/health/live`, `/health/ready` and `/.well-known/jwks.json`: those are endpoints of the gateway itself.',
      ],
    ])
    expect(client.routes).toHaveLength(3)
  })

  test('does not warn where `ownPath` has other segments, and uses it in Dockerfile and README', () => {
    const result = plan('ownPath: /_gateway')
    expect(result.codes).toEqual([])
    if (result.plan === null) throw new Error('no plan')
    const files = new Map(emit(result.plan, new Diagnostics()).value.map(({ path, contents }) => [path, contents]))
    expect(files.get('web/Dockerfile')).toContain("path: '/_gateway/health/live'")
    expect(files.get('web/README.md')).toContain('`/_gateway/health/live` answers 200')
    expect(files.get('web/README.md')).toContain('`/_gateway/health/ready` while')
    expect(files.get('web/src/gateway/client.ts')).toContain("ownPath: '/_gateway'")
  })

  test('has basePath in the contract and the README', () => {
    const result = plan('basePath: /api/gw')
    expect(result.client.contract).toMatchObject({ servers: [{ url: '/api/gw' }] })
    expect(result.client.client).toMatchObject({ basePath: '/api/gw', stripBasePath: false, ownPath: null })
    expect(plan().client.contract).toMatchObject({ servers: [{ url: '/' }] })
  })
})
