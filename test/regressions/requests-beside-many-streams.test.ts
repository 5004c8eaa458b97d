import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { some } from '../support/gatewayParts.ts'
import { openRaw, type RawConnection, requestText } from '../support/rawClient.ts'
import { createRecordingService } from '../support/recordingService.ts'
import { startTestGateway } from '../support/testGateway.ts'

// Beside thousands of open event streams, each request looked at the connection of every stream before it found a free one. What took a time
// then is measured by `npm run soak`; here are the order and the counts (rules F10, F29).

const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

const count = 200
const answering = (type: string) =>
  some.operation({
    answers: { 200: { headers: [], content: { [type]: { schema: { type: 'object' }, encoding: {} } } } },
  })

async function start(streams: number, max: number) {
  const open: ServerResponse[] = []
  const used = new Set<Socket>()
  const service = await createRecordingService((req, res) => {
    if (res.socket !== null) used.add(res.socket)
    if (req.url === '/events') {
      res.setHeader('content-type', 'text/event-stream')
      res.flushHeaders()
      open.push(res)
    } else {
      res.setHeader('content-type', 'application/json')
      res.end('{}')
    }
  })
  const gateway = await startTestGateway({
    routes: ['/ping', '/events'].map((path) =>
      some.route('GET', path, {
        contract: { service: 'orders', operation: path },
        answers: { check: path === '/ping' ? 'enforce' : 'off', undeclared: 'drop', statuses: ['200'] },
        streamsPerCaller: streams,
      }),
    ),
    services: { orders: some.service(service.url, { concurrency: { max, queue: 10_000, wait: 2_000, streams } }) },
    operations: { '/ping': answering('application/json'), '/events': answering('text/event-stream') },
  })
  closing.push(service, gateway)
  const ping = async () => (await fetch(`http://127.0.0.1:${gateway.port}/ping`)).status
  return { gateway, open, used, ping }
}

test('200 event streams get all their events in order, while other requests are answered', async () => {
  const { gateway, open, used, ping } = await start(count, 8)
  const clients: RawConnection[] = []
  closing.push({
    close: async () => {
      for (const client of clients) client.destroy()
    },
  })
  for (let at = 0; at < count; at++) {
    const client = await openRaw(gateway.port)
    clients.push(client)
    client.write(requestText('GET /events HTTP/1.1', ['connection: close']))
  }
  while (open.length < count) await new Promise(setImmediate)
  const rounds = 10
  const statuses: number[] = []
  for (let round = 0; round < rounds; round++) {
    for (const res of open) res.write(`data: ${round}\n\n`)
    statuses.push(...(await Promise.all(Array.from({ length: 20 }, ping))))
  }
  for (const res of open) res.end('data: end\n\n')
  const all = [...Array.from({ length: rounds }, (_, at) => String(at)), 'end']
  for (const client of clients) {
    const text = await client.closed
    expect(Array.from(text.matchAll(/data: (\w+)\n\n/g), ([, event]) => event)).toEqual(all)
  }
  expect(statuses).toEqual(statuses.map(() => 200))
  // A stream and the calls do not share a connection, and there are no more than both may have.
  expect(used.size).toBeGreaterThan(count)
  expect(used.size).toBeLessThanOrEqual(count + 8)
  expect(await ping()).toBe(200)
})

test('1,000 connections get an answer each while the service keeps up, with the default limits', async () => {
  const { ping } = await start(1_024, 128)
  const statuses = await Promise.all(Array.from({ length: 1_000 }, ping))
  expect(statuses.filter((status) => status !== 200)).toEqual([])
})
