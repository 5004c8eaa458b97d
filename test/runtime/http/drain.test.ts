import { afterEach, describe, expect, test } from '@jest/globals'
import { some } from '../../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../../support/rawClient.ts'
import { createRecordingService } from '../../support/recordingService.ts'
import { startTestGateway } from '../../support/testGateway.ts'

const closing: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

/** A gateway in front of a service that answers on demand. */
async function start(env: Readonly<Record<string, string>>, type = 'application/json') {
  const held: (() => void)[] = []
  let arrived: () => void = () => undefined
  const service = await createRecordingService((_request, res) => {
    res.writeHead(200, { 'content-type': type })
    if (type === 'text/event-stream') res.write('data: 1\n\n')
    held.push(() => res.end('{}'))
    arrived()
  })
  const gateway = await startTestGateway({
    routes: [some.route('GET', '/orders')],
    services: { orders: some.service(service.url) },
    env,
  })
  closing.push(gateway, service)
  const asked = new Promise<void>((resolve) => {
    arrived = resolve
  })
  return { gateway, asked, held }
}

const request = requestText('GET /orders HTTP/1.1')

describe('drain (rule F18)', () => {
  test('not ready at once, still answering, and each answer closes its connection', async () => {
    const { gateway, held } = await start({ DRAIN_DELAY_MS: '60000' })
    void gateway.gateway.drain()
    const ready = await sendRaw(gateway.port, requestText('GET /health/ready HTTP/1.1'))
    expect(ready.status).toBe(503)
    const connection = await openRaw(gateway.port)
    connection.write(request)
    while (held.length === 0) await new Promise(setImmediate)
    held[0]?.()
    const response = await connection.response()
    expect(response.status).toBe(200)
    expect(response.header('connection')).toBe('close')
    await connection.closed
  })

  test('open requests are answered, idle connections are closed, and new ones are refused', async () => {
    const { gateway, asked, held } = await start({})
    const idle = await openRaw(gateway.port)
    idle.write(requestText('GET /health/live HTTP/1.1'))
    await idle.response()
    const busy = await openRaw(gateway.port)
    busy.write(request)
    await asked
    const drained = gateway.gateway.drain()
    await idle.closed
    await expect(openRaw(gateway.port)).rejects.toThrow('ECONNREFUSED')
    held[0]?.()
    expect(await busy.response()).toMatchObject({ status: 200, body: '{}' })
    await busy.closed
    await drained
  })

  test('requests beyond the grace period are aborted', async () => {
    const { gateway, asked } = await start({ DRAIN_GRACE_MS: '10' })
    const connection = await openRaw(gateway.port)
    connection.write(request)
    await asked
    await gateway.gateway.drain()
    expect(await connection.closed).toBe('')
    expect(await gateway.line(({ route }) => route !== undefined && route !== null)).toMatchObject({ status: 499 })
  })

  test('event streams are ended between events', async () => {
    const { gateway } = await start({}, 'text/event-stream')
    const connection = await openRaw(gateway.port)
    connection.write(request)
    await new Promise<void>((resolve) =>
      connection.socket.on('data', (text) => String(text).includes('data: 1') && resolve()),
    )
    await gateway.gateway.drain()
    expect(await connection.closed).toMatch(/data: 1\n\n\r\n0\r\n\r\n$/)
  })
})
