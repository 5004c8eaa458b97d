import { afterEach, describe, expect, test } from '@jest/globals'
import { some } from '../support/gatewayParts.ts'
import { openRaw, type RawConnection, requestText } from '../support/rawClient.ts'
import { createRecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

/**
 * Node.js detaches the connection of an upgrade request from the server. A client that went on sending after its refusal held up a
 * stop of the gateway for 30 s, whatever the grace (rule F18).
 */
const connections: RawConnection[] = []
const timers: NodeJS.Timeout[] = []
afterEach(() => {
  for (const each of timers.splice(0)) clearInterval(each)
  for (const each of connections.splice(0)) each.destroy()
})

const upgrade = ['Connection: Upgrade', 'Upgrade: h2c']
const messages: readonly [string, string][] = [
  ['an upgrade', requestText('GET /orders HTTP/1.1', upgrade)],
  ['an upgrade with a body', requestText('POST /orders HTTP/1.1', [...upgrade, 'Content-Length: 1000000'], 'a')],
  ['CONNECT', requestText('CONNECT orders:443 HTTP/1.1')],
  [
    'an upgrade behind a request',
    requestText('GET /health/live HTTP/1.1') + requestText('GET /orders HTTP/1.1', upgrade),
  ],
  ['an unread body', requestText('POST /nothing HTTP/1.1', ['Content-Length: 20000000'])],
  ['what is not HTTP', 'FILES\r\n\r\n'],
]

async function refused(text: string) {
  const service = await createRecordingService()
  const gateway = await startTestGateway({
    routes: [some.route('GET', '/orders')],
    services: { orders: some.service(service.url) },
    env: { DRAIN_GRACE_MS: '200' },
  })
  const connection = await openRaw(gateway.port)
  connections.push(connection)
  // The answer does not end the write side of this client.
  connection.socket.allowHalfOpen = true
  connection.write(text)
  timers.push(setInterval(() => connection.write('a'), 50))
  await connection.response()
  return { gateway, service }
}

async function timeOf(stop: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await stop()
  return performance.now() - start
}

describe.each(messages)('a client that goes on sending after %s', (_, text) => {
  test('does not hold up the close', async () => {
    const { gateway, service } = await refused(text)
    expect(await timeOf(() => gateway.close())).toBeLessThan(2_000)
    await service.close()
  })

  test('does not hold up the drain beyond its grace', async () => {
    const { gateway, service } = await refused(text)
    expect(await timeOf(() => gateway.gateway.drain())).toBeLessThan(2_500)
    await service.close()
  })
})

test('a refused upgrade that waits for an earlier answer does not hold up the close', async () => {
  const service = await createRecordingService(() => undefined)
  const gateway = await startTestGateway({
    routes: [some.route('GET', '/orders', { timeout: 60_000 })],
    services: { orders: some.service(service.url) },
  })
  const connection = await openRaw(gateway.port)
  connections.push(connection)
  connection.write(requestText('GET /orders HTTP/1.1') + messages[0]?.[1])
  while (service.requests.length === 0) await new Promise(setImmediate)
  expect(await timeOf(() => gateway.close())).toBeLessThan(2_000)
  await service.close()
})
