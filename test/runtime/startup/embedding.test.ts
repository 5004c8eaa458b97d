import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import type { RunningGateway } from '../../../templates/runtime/startup/gateway.ts'
import type { Route } from '../../../templates/runtime/vocabulary.ts'
import { makeCertificate } from '../../support/certificate.ts'
import { some } from '../../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../../support/rawClient.ts'
import { type Answer, createRecordingService, type RecordingService } from '../../support/recordingService.ts'
import { startTestGateway, type TestGateway, type TestGatewayParts } from '../../support/testGateway.ts'

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

async function listen(server: Server): Promise<number> {
  closing.push({ close: () => server.closeAllConnections() }, server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

interface Embedded {
  readonly service: RecordingService
  readonly gateway: TestGateway
}

const order = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] } as const
const post = (path: string, body: readonly string[], more: Partial<Route> = {}) =>
  some.route('POST', path, {
    contract: { service: 'orders', operation: 'create' },
    request: some.request(path, { body }),
    ...more,
  })

/** A gateway in front of a service, for an app of its user. */
async function start(parts: Partial<TestGatewayParts> = {}, answer?: Answer): Promise<Embedded> {
  const service = await createRecordingService(answer)
  const media = { encoding: {} }
  const gateway = await startTestGateway({
    routes: [
      some.route('GET', '/orders'),
      post('/orders', ['application/json']),
      post('/files', ['application/octet-stream']),
    ],
    services: { orders: some.service(service.url) },
    embedded: true,
    operations: {
      create: some.operation({
        body: {
          required: true,
          content: {
            'application/json': { schema: order, ...media },
            'application/octet-stream': { schema: true, ...media },
          },
        },
      }),
    },
    ...parts,
  })
  closing.push(service, gateway)
  return { service, gateway }
}

const jsonOf = (text: string) => ['Content-Type: application/json', `Content-Length: ${text.length}`]

/** The line of the access log with the id of an answer. */
const lineOf = (gateway: TestGateway, id: string | undefined) =>
  gateway.line((line) => line['id'] === id && 'method' in line)

describe('an app of its user', () => {
  /** As in docs/embedding.md. */
  function appAround(gateway: RunningGateway, seen: string[]): Express {
    const app = express()
    app.disable('x-powered-by')
    app.use((req, res, next) => {
      res.on('finish', () => seen.push(`${req.method} ${req.originalUrl} ${res.statusCode}`))
      next()
    })
    app.get('/metrics', (_req, res) => {
      res.type('text/plain').send('requests_total 1\n')
    })
    app.post('/own', express.json(), (req, res) => {
      res.json({ got: req.body })
    })
    app.use('/api', gateway.app)
    app.use((_req, res) => {
      res.status(404).type('text/plain').send('not here')
    })
    app.use((_error: unknown, _req: Request, res: Response, _next: NextFunction) => {
      res.status(500).type('text/plain').send('failed')
    })
    return app
  }

  test('has its own middleware before and after, its own routes, and the gateway below a path', async () => {
    const { service, gateway } = await start()
    const seen: string[] = []
    const port = await listen(createServer(appAround(gateway.gateway, seen)))
    const ask = async (line: string, fields: readonly string[] = [], body = '') => {
      const { status, body: text } = await sendRaw(port, requestText(line, fields, body))
      return [status, text]
    }
    expect(await ask('GET /metrics HTTP/1.1')).toEqual([200, 'requests_total 1\n'])
    expect(await ask('POST /own HTTP/1.1', jsonOf('{"a":1}'), '{"a":1}')).toEqual([200, '{"got":{"a":1}}'])
    expect(await ask('GET /api/orders HTTP/1.1')).toEqual([200, '{"ok":true}'])
    expect(await ask('POST /api/orders HTTP/1.1', jsonOf('{"id":"7"}'), '{"id":"7"}')).toEqual([200, '{"ok":true}'])
    expect(await ask('GET /api/health/ready HTTP/1.1')).toEqual([200, expect.any(String)])
    expect((await ask('GET /api/nothing HTTP/1.1'))[1]).toContain('urn:gatewright:problem:not-found')
    expect(await ask('GET /nothing HTTP/1.1')).toEqual([404, 'not here'])
    expect(seen).toEqual([
      'GET /metrics 200',
      'POST /own 200',
      'GET /api/orders 200',
      'POST /api/orders 200',
      'GET /api/health/ready 200',
      'GET /api/nothing 404',
      'GET /nothing 404',
    ])
    expect(service.requests.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', '/orders', ''],
      ['POST', '/orders', '{"id":"7"}'],
    ])
  })

  test('passes a request on after middleware that waits, with its whole body', async () => {
    const { service, gateway } = await start()
    const app = express()
    app.use((_req, _res, next) => {
      setImmediate(() => setImmediate(next))
    })
    app.use(gateway.gateway.app)
    const port = await listen(createServer(app))
    const fields = ['Content-Type: application/octet-stream', 'Content-Length: 5']
    expect((await sendRaw(port, requestText('POST /files HTTP/1.1', fields, 'bytes'))).status).toBe(200)
    expect(service.requests.map(({ body }) => body)).toEqual(['bytes'])
  })

  test('serves it by HTTPS, and a service gets that scheme', async () => {
    const { service, gateway } = await start({ client: some.client({ publicHosts: ['gateway.test'] }) })
    const app = express().use(gateway.gateway.app)
    const port = await listen(createHttpsServer(makeCertificate(), app))
    const asked = httpsRequest({
      port,
      host: '127.0.0.1',
      path: '/orders',
      headers: { host: 'gateway.test' },
      rejectUnauthorized: false,
    }).end()
    const [answer] = await once(asked, 'response')
    answer.resume()
    await once(answer, 'end')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
    expect(service.requests[0]?.headers['x-forwarded-proto']).toBe('https')
  })
})

describe('rule P16: a body that middleware in front of the gateway has read is 500, and the log says so', () => {
  const parsers = {
    'JSON by express.json': ['/orders', express.json(), jsonOf('{"id":"7"}'), '{"id":"7"}'],
    'JSON by express.raw': ['/orders', express.raw({ type: '*/*' }), jsonOf('{"id":"7"}'), '{"id":"7"}'],
    'JSON in chunks': [
      '/orders',
      express.json(),
      ['Content-Type: application/json', 'Transfer-Encoding: chunked'],
      'a\r\n{"id":"7"}\r\n0\r\n\r\n',
    ],
    'bytes that would be passed on': [
      '/files',
      express.raw({ type: '*/*' }),
      ['Content-Type: application/octet-stream', 'Content-Length: 5'],
      'bytes',
    ],
    'a body of a route without one': ['/orders', express.text({ type: '*/*' }), jsonOf('{"id":"7"}'), '{"id":"7"}'],
  } as const

  test.each(Object.entries(parsers))('%s', async (_name, [path, parser, fields, body]) => {
    const { service, gateway } = await start()
    const port = await listen(createServer(express().use(parser, gateway.gateway.app)))
    const answer = await sendRaw(port, requestText(`POST ${path} HTTP/1.1`, fields, body))
    expect([answer.status, answer.body]).toEqual([500, expect.stringContaining('urn:gatewright:problem:internal')])
    expect(await lineOf(gateway, answer.header('x-request-id'))).toMatchObject({
      level: 'error',
      status: 500,
      reason: 'body-already-read',
      detail: expect.stringContaining('middleware'),
    })
    expect(service.begun).toBe(0)
  })

  test('of a request without a body nothing is lost', async () => {
    const { gateway } = await start()
    const port = await listen(createServer(express().use(express.json(), gateway.gateway.app)))
    expect((await sendRaw(port, requestText('GET /orders HTTP/1.1'))).status).toBe(200)
  })

  test('a parser that does not read the body of this type leaves it to the gateway', async () => {
    const { service, gateway } = await start()
    const port = await listen(createServer(express().use(express.urlencoded(), gateway.gateway.app)))
    const answer = await sendRaw(port, requestText('POST /orders HTTP/1.1', jsonOf('{"id":"7"}'), '{"id":"7"}'))
    expect([answer.status, service.requests[0]?.body]).toEqual([200, '{"id":"7"}'])
  })
})

describe('rule F18: drain of a gateway in an app', () => {
  /** A gateway with a request in progress, whose service answers on demand. */
  async function busy(env: Readonly<Record<string, string>>, type = 'application/json') {
    const held: (() => void)[] = []
    const { gateway } = await start({ env }, (_request, res) => {
      res.writeHead(200, { 'content-type': type })
      if (type === 'text/event-stream') res.write('data: 1\n\n')
      held.push(() => res.end('{}'))
    })
    const port = await listen(createServer(express().use(gateway.gateway.app)))
    const connection = await openRaw(port)
    connection.write(requestText('GET /orders HTTP/1.1'))
    while (held.length === 0) await new Promise(setImmediate)
    return { gateway, port, connection, held }
  }

  test('is not ready from then on, and answers the requests in progress', async () => {
    const { gateway, port, connection, held } = await busy({ DRAIN_GRACE_MS: '60000' })
    const drained = gateway.gateway.drain()
    expect((await sendRaw(port, requestText('GET /health/ready HTTP/1.1'))).status).toBe(503)
    held[0]?.()
    const answer = await connection.response()
    expect([answer.status, answer.header('connection'), answer.body]).toEqual([200, 'close', '{}'])
    await drained
  })

  test('ends requests beyond the grace period', async () => {
    const { gateway, connection } = await busy({ DRAIN_GRACE_MS: '10' })
    await gateway.gateway.drain()
    await connection.closed
  })

  test('ends event streams between events', async () => {
    const { gateway, connection } = await busy({}, 'text/event-stream')
    await once(connection.socket, 'data')
    await gateway.gateway.drain()
    expect(await connection.response()).toMatchObject({ status: 200, body: 'data: 1\n\n' })
  })

  test('close does not wait for requests in progress', async () => {
    const { gateway, connection } = await busy({})
    await gateway.gateway.close()
    await connection.closed
  })
})
