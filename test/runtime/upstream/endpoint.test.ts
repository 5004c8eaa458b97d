import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import type { Dispatcher } from 'undici'
import { Endpoint } from '../../../templates/runtime/upstream/endpoint.ts'

// Once for the file, because undici uses one timer for all connections. Sockets need the real clock.
beforeAll(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] })
})
afterAll(() => {
  jest.useRealTimers()
})

const turn = () => new Promise((resolve) => setImmediate(resolve))

function callOnce(endpoint: Endpoint): Promise<void> {
  return new Promise((resolve, reject) => {
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(),
      onResponseError: (_controller, error) => reject(error),
    }
    endpoint.dispatch({ method: 'GET', path: '/', headers: {}, body: null }, handler)
  })
}

test.each([
  [4_000, 'without a hint of the service', ''],
  [30_000, 'when the service hints at ten minutes', 'keep-alive: timeout=600\r\n'],
])('rule F4: an idle connection is kept for %d ms %s', async (most, _, hint) => {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('data', () => socket.write(`HTTP/1.1 200 OK\r\n${hint}content-length: 0\r\n\r\n`))
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const endpoint = new Endpoint({ url, max: 1, queue: 0, wait: 2_000, streams: 64, tls: null })
  try {
    await callOnce(endpoint)
    await turn()
    const [socket] = sockets
    const states: string[] = []
    socket?.on('end', () => states.push('closed'))
    // undici's timers may be late by up to 1.5 s.
    jest.advanceTimersByTime(most - 500)
    await turn()
    states.push('early')
    jest.advanceTimersByTime(2_500)
    if (!states.includes('closed') && socket !== undefined) await Promise.race([once(socket, 'end'), turns(1_000)])
    expect(states).toEqual(['early', 'closed'])
  } finally {
    for (const socket of sockets) socket.destroy()
    await endpoint.destroy()
    server.close()
  }
})

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await turn()
}
