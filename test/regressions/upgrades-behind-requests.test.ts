import { EventEmitter, once } from 'node:events'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { some } from '../support/gatewayParts.ts'
import { openRaw, requestText, sendRaw } from '../support/rawClient.ts'
import { createRecordingService, type RecordingService } from '../support/recordingService.ts'
import { startTestGateway, type TestGateway } from '../support/testGateway.ts'

/**
 * An upgrade that was sent together with a request took over the connection before the answer, and the process ended.
 */
let service: RecordingService
let gateway: TestGateway
/** Answers the requests that the service has received. */
let answer: () => void
const arrivals = new EventEmitter()
beforeAll(async () => {
  const waiting: (() => void)[] = []
  answer = () => {
    for (const end of waiting.splice(0)) end()
  }
  service = await createRecordingService((_request, res) => {
    waiting.push(() => res.setHeader('content-type', 'application/json').end('{"ok":true}'))
    arrivals.emit('request')
  })
  gateway = await startTestGateway({
    routes: [some.route('GET', '/orders')],
    services: { orders: some.service(service.url) },
  })
})
afterAll(async () => {
  await gateway.close()
  await service.close()
})

const request = requestText('GET /orders HTTP/1.1')
const upgrades: readonly [string, string, number][] = [
  ['CONNECT', requestText('CONNECT 127.0.0.1:22 HTTP/1.1'), 405],
  ['a websocket', requestText('GET /orders HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket']), 400],
]

for (const [what, upgrade, status] of upgrades) {
  for (const ahead of [1, 2]) {
    test(`rules R7, F22: ${what} waits for the answers to earlier requests (${ahead})`, async () => {
      const before = service.begun
      const connection = await openRaw(gateway.port)
      connection.write(request.repeat(ahead) + upgrade + request)
      for (let number = 1; number <= ahead; number++) {
        await arrived(before + number)
        answer()
        expect(await connection.response()).toMatchObject({ status: 200, body: '{"ok":true}' })
      }
      expect((await connection.response()).status).toBe(status)
      expect(await connection.closed).toBe('')
      expect(service.begun).toBe(before + ahead)
    })
  }

  test(`rule R7: ${what} after an answer of the gateway itself`, async () => {
    const connection = await openRaw(gateway.port)
    connection.write(requestText('GET /health/live HTTP/1.1') + upgrade)
    expect((await connection.response()).status).toBe(200)
    expect((await connection.response()).status).toBe(status)
    expect(await connection.closed).toBe('')
  })

  test(`rule F22: the gateway continues if the client of ${what} disconnects`, async () => {
    const begun = service.begun
    const connection = await openRaw(gateway.port)
    connection.write(request + upgrade)
    await arrived(begun + 1)
    connection.destroy()
    answer()
    expect((await sendRaw(gateway.port, requestText('GET /health/live HTTP/1.1'))).status).toBe(200)
  })
}

/** Resolves when this number of requests has reached the service. */
async function arrived(count: number): Promise<void> {
  while (service.requests.length < count) await once(arrivals, 'request')
}
