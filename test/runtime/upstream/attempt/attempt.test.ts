import { afterEach, describe, expect, test } from '@jest/globals'
import { Attempt } from '../../../../templates/runtime/upstream/attempt/attempt.ts'
import { Endpoint } from '../../../../templates/runtime/upstream/endpoint.ts'
import type { Order, Result } from '../../../../templates/runtime/upstream/transport.ts'
import { problem } from '../../../../templates/runtime/words/problems.ts'
import { aLotOfRoom, anOrder, createMemoryObserver, createMemorySink } from '../../../support/observed.ts'
import { type Answer, closedPort, createRawService, createRecordingService } from '../../../support/recordingService.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function endpointAt(url: string, max = 1, queue = 1): Endpoint {
  const endpoint = new Endpoint({ url: new URL(url), max, queue, wait: 2_000, streams: 64, tls: null })
  closing.push(() => endpoint.destroy())
  return endpoint
}

async function serve(answer?: Answer): Promise<string> {
  const service = await createRecordingService(answer)
  closing.push(service.close)
  return service.url
}

/** An attempt at an endpoint, without a call and without an exchange. */
function attempt(endpoint: Endpoint, order: Partial<Order> = {}) {
  const observer = createMemoryObserver()
  const sink = createMemorySink()
  const made = new Attempt(
    anOrder(order),
    endpoint,
    { service: 'orders', maxAnswer: 100, streams: new Set(), held: aLotOfRoom(), observer },
    sink,
  )
  made.begin()
  return { made, sink, observer }
}

/** Treats answers as to be read whole. */
const projecting: Order['treat'] = (status) => ({
  kind: 'project',
  status,
  id: null,
  project: (bytes) => bytes,
})

const kindOf = (result: Result) =>
  result.kind === 'failure' ? `${result.problem.name}, sent ${result.sent}` : result.kind

describe('one dispatch to one endpoint', () => {
  test('reports when it is sent, when the head has arrived, and the answer', async () => {
    const { sink } = attempt(endpointAt(await serve()), { treat: projecting })
    expect(await sink.result).toMatchObject({
      kind: 'answer',
      treatment: { kind: 'project', status: 200 },
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"ok":true}'),
    })
    expect(sink.events).toEqual(['sending', 'responded', await sink.result])
  })

  test('returns a problem if the treatment of the answer is one', async () => {
    const url = await serve((_request, res) => res.writeHead(429).end())
    const refused = problem('refused', { status: 429, reason: 'service-refused' })
    const { sink, observer } = attempt(endpointAt(url), { treat: () => ({ kind: 'problem', problem: refused }) })
    expect(await sink.result).toEqual(refused)
    expect(observer.events).toEqual([])
  })

  test('reports a problem whose treatment has a code', async () => {
    const url = await serve((_request, res) => res.writeHead(401).end())
    const broken = problem('bad-gateway', { reason: 'credential-refused' })
    const { sink, observer } = attempt(endpointAt(url), {
      treat: () => ({ kind: 'problem', problem: broken, code: 'credential-refused' }),
    })
    expect(await sink.result).toEqual(broken)
    expect(observer.events).toEqual([
      ['callFailed', { requestId: 'request-1', service: 'orders', code: 'credential-refused' }],
    ])
  })

  test('that cannot connect fails unsent, and is not repeated', async () => {
    const { sink, observer } = attempt(endpointAt(`http://127.0.0.1:${await closedPort()}`))
    expect(kindOf(await sink.result)).toBe('bad-gateway, sent false')
    expect(sink.events).toHaveLength(1)
    expect(observer.events).toEqual([
      ['callFailed', { requestId: 'request-1', service: 'orders', code: 'ECONNREFUSED' }],
    ])
  })

  test('that is reset fails as sent', async () => {
    const service = await createRawService((socket) => socket.resetAndDestroy())
    closing.push(service.close)
    const { sink } = attempt(endpointAt(service.url))
    expect(kindOf(await sink.result)).toBe('bad-gateway, sent true')
  })

  test('fails if an answer that must be read whole is too large (rule O6)', async () => {
    const url = await serve((_request, res) => res.end('a'.repeat(101)))
    const { sink, observer } = attempt(endpointAt(url), { treat: projecting })
    expect(kindOf(await sink.result)).toBe('bad-gateway, sent true')
    expect(observer.events).toEqual([['callFailed', expect.objectContaining({ code: 'answer-too-large' })]])
  })

  test('waits for room, and frees its place if it is cancelled', async () => {
    const endpoint = endpointAt(await serve(() => undefined))
    const first = attempt(endpoint)
    const waiting = attempt(endpoint)
    expect(endpoint.isFull(false)).toBe(true)
    waiting.made.cancel('gone')
    expect(endpoint.isFull(false)).toBe(false)
    first.made.cancel('gone')
    expect([...first.sink.events, ...waiting.sink.events].filter((event) => typeof event === 'object')).toEqual([])
  })

  test('that is cancelled before undici has connected is never sent', async () => {
    const service = await createRecordingService()
    closing.push(service.close)
    const endpoint = endpointAt(service.url, 1, 0)
    const { made, sink } = attempt(endpoint)
    made.cancel('deadline')
    await new Promise<void>((resolve) => {
      const look = () => (endpoint.isFull(false) ? setImmediate(look) : resolve())
      look()
    })
    expect([service.begun, sink.events]).toEqual([0, []])
  })
})
