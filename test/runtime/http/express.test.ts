import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import express from 'express'
import { createApp } from '../../../templates/runtime/http/express.ts'
import { some } from '../../support/gatewayParts.ts'
import { requestText, sendRaw } from '../../support/rawClient.ts'
import { createRecordingService } from '../../support/recordingService.ts'
import { startTestGateway } from '../../support/testGateway.ts'

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

async function listen(server: Server): Promise<number> {
  closing.push({ close: () => server.closeAllConnections() }, server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

describe('the app', () => {
  test('has no need to change the prototypes of requests and responses', async () => {
    const seen: boolean[] = []
    const skin = createApp((req, res) => {
      seen.push(Object.getPrototypeOf(req) === skin.app.request, Object.getPrototypeOf(res) === skin.app.response)
      res.end()
    })
    const before: boolean[] = []
    const port = await listen(
      createServer(skin, (req, res) => {
        skin.app.use((_req, _res, next) => next())
        before.push(Object.getPrototypeOf(req) === skin.app.request, Object.getPrototypeOf(res) === skin.app.response)
        skin.listener(req, res)
      }),
    )
    await sendRaw(port, requestText('GET / HTTP/1.1'))
    expect(before).toEqual([true, true])
    expect(seen).toEqual([true, true])
  })

  test.each(['http://[', '*', 'http://gateway.test'])('passes on %s, which Express cannot parse', async (target) => {
    const skin = createApp((req, res) => res.end(req.url))
    skin.app.use((_req, _res, next) => next())
    const port = await listen(createServer(skin, skin.listener))
    expect((await sendRaw(port, requestText(`OPTIONS ${target} HTTP/1.1`))).body).toBe(target)
  })

  test('is passed by as long as it has no other middleware', async () => {
    const skin = createApp((req, res) => res.end(String(Reflect.has(req, 'next'))))
    const port = await listen(createServer(skin, skin.listener))
    const answers = [await sendRaw(port, requestText('GET / HTTP/1.1'))]
    skin.app.use((_req, _res, next) => next())
    answers.push(await sendRaw(port, requestText('GET / HTTP/1.1')))
    expect(answers.map(({ body }) => body)).toEqual(['false', 'true'])
  })

  test('runs middleware that was put before the gateway', async () => {
    const skin = createApp((_req, res) => res.end('gateway'))
    const port = await listen(createServer(skin, skin.listener))
    skin.app.use((_req, res) => {
      res.end('added')
    })
    skin.app.router.stack.reverse()
    expect((await sendRaw(port, requestText('GET / HTTP/1.1'))).body).toBe('added')
  })

  test('runs middleware that replaces the gateway', async () => {
    const skin = createApp((_req, res) => res.end('gateway'))
    const port = await listen(createServer(skin, skin.listener))
    skin.app.router.stack.pop()
    skin.app.use((_req, res) => {
      res.status(503).end('closed')
    })
    expect(await sendRaw(port, requestText('GET / HTTP/1.1'))).toMatchObject({ status: 503, body: 'closed' })
  })

  test('can be embedded below a path of another app', async () => {
    const service = await createRecordingService()
    const gateway = await startTestGateway({
      routes: [some.route('GET', '/orders')],
      services: { orders: some.service(service.url) },
    })
    closing.push(service, gateway)
    const app = express()
    app.use('/api', gateway.gateway.app)
    const port = await listen(createServer(app))
    expect(await sendRaw(port, requestText('GET /api/orders HTTP/1.1'))).toMatchObject({
      status: 200,
      body: '{"ok":true}',
    })
    expect((await sendRaw(port, requestText('GET /api/other HTTP/1.1'))).header('content-type')).toBe(
      'application/problem+json',
    )
  })
})
