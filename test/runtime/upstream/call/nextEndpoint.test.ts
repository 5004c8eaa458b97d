import { afterEach, describe, expect, test } from '@jest/globals'
import { createEndpoints } from '../../../../templates/runtime/upstream/call/endpoints.ts'
import { toEndpoints } from '../../../../templates/runtime/upstream/call/nextEndpoint.ts'
import { Endpoint } from '../../../../templates/runtime/upstream/endpoint.ts'
import type { Order } from '../../../../templates/runtime/upstream/transport.ts'
import { aLotOfRoom, anOrder, createMemoryObserver, createMemorySink } from '../../../support/observed.ts'
import { closedPort, createRawService, createRecordingService } from '../../../support/recordingService.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const dead = async () => `http://127.0.0.1:${await closedPort()}`

/** Calls a service with these addresses, with `queue` waiting places at each. */
function call(urls: readonly string[], order: Partial<Order> = {}, max = 1, queue = 0) {
  const endpoints = createEndpoints(
    urls.map((url) => new Endpoint({ url: new URL(url), max, queue, wait: 2_000, streams: 64, tls: null })),
  )
  closing.push(() => endpoints.destroy())
  const observer = createMemoryObserver()
  const transport = toEndpoints(endpoints, {
    service: 'orders',
    maxAnswer: 100,
    streams: new Set(),
    held: aLotOfRoom(),
    observer,
  })
  const send = () => {
    const sink = createMemorySink()
    return { running: transport(anOrder(order), sink), sink }
  }
  return { send, observer }
}

describe('a call', () => {
  test('that one endpoint refused is sent to the next, with any method (rule F1)', async () => {
    const service = await createRecordingService()
    closing.push(service.close)
    const post = { method: 'POST', path: '/orders', headers: {}, body: null } as const
    const { send, observer } = call([await dead(), service.url, await dead()], {
      request: post,
      body: Buffer.from('a'),
    })
    for (let i = 0; i < 3; i++) expect(await send().sink.result).toMatchObject({ kind: 'answer' })
    expect(service.requests.map(({ method, body }) => method + body)).toEqual(['POSTa', 'POSTa', 'POSTa'])
    expect(observer.events.length).toBeGreaterThan(0)
  })

  test('that every endpoint refused fails once, with the last failure', async () => {
    const { send, observer } = call([await dead(), await dead()])
    const { sink } = send()
    expect(await sink.result).toMatchObject({ kind: 'failure', problem: { name: 'bad-gateway' }, sent: false })
    expect(sink.events).toHaveLength(1)
    expect(observer.events).toHaveLength(2)
  })

  test('that was sent is not repeated (rule F3)', async () => {
    const services = await Promise.all([0, 1].map(() => createRawService((socket) => socket.resetAndDestroy())))
    for (const service of services) closing.push(service.close)
    const { sink } = call(services.map(({ url }) => url)).send()
    expect(await sink.result).toMatchObject({ kind: 'failure', sent: true })
    expect(services.map(({ requests }) => requests).sort()).toEqual([0, 1])
  })

  test.each([1, 2])('is refused at once if each of %s endpoints is full (rule F10)', async (count) => {
    const service = await createRecordingService(() => undefined)
    closing.push(service.close)
    const { send } = call(Array.from({ length: count }, () => service.url))
    const held = Array.from({ length: count }, send)
    const { sink } = send()
    expect(sink.events).toMatchObject([
      { kind: 'failure', problem: { name: 'unavailable', headers: { 'retry-after': '1' } }, sent: false },
    ])
    for (const { running } of held) running.cancel('gone')
  })
})
