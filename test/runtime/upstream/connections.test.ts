import { EventEmitter, once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Client, type Dispatcher } from 'undici'
import { Connections, type OneConnection } from '../../../templates/runtime/upstream/connections.ts'

const options: Dispatcher.DispatchOptions = { method: 'GET', path: '/', headers: {}, body: null }

/** Counts the ends of one call. */
function call(done: () => void = () => undefined) {
  const handler = {
    ends: 0,
    error: null as Error | null,
    controller: null as Dispatcher.DispatchController | null,
    onRequestStart(controller: Dispatcher.DispatchController) {
      handler.controller = controller
    },
    onResponseStart: () => undefined,
    onResponseData: () => undefined,
    onResponseEnd() {
      handler.ends++
      done()
    },
    onResponseError(_: unknown, error: Error) {
      handler.ends++
      handler.error = error
      done()
    },
  }
  return handler
}
type Call = ReturnType<typeof call>

/** Behaves as undici's `Client`, one event at a time. */
class FakeConnection extends EventEmitter {
  running: Call | null = null
  /** Between the end of a call and `drain`. */
  draining = false
  /** A call that was ended by `abort` counts until the connection has been opened again. */
  aborted = false
  lost = false
  connected = false
  destroyed = false
  refuses = false
  readonly faults: string[] = []

  get stats() {
    return { connected: this.connected, pending: 0, running: 0, size: this.running === null && !this.aborted ? 0 : 1 }
  }

  dispatch(_: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (this.running !== null || this.draining || this.lost) this.faults.push('has two calls')
    if (this.refuses || this.destroyed) (handler as Call).onResponseError(null, new Error('refused'))
    else this.running = handler as Call
    return false
  }

  /** Ends the call, without `drain`. */
  end(how: 'answer' | 'break' | 'abort'): void {
    const { running } = this
    if (running === null) return
    if (!this.connected) {
      this.connected = true
      this.emit('connect')
    }
    this.running = null
    this.draining = true
    if (how === 'answer') running.onResponseEnd()
    else {
      this.aborted = how === 'abort'
      running.onResponseError(null, new Error('broken'))
      this.close()
    }
  }

  /** By the service or the idle timeout. */
  close(): void {
    if (this.running !== null || !this.connected) return
    this.connected = false
    if (!this.aborted) this.lost = true
    this.emit('disconnect')
  }

  drain(): void {
    if (!this.draining) return
    this.draining = this.aborted = false
    this.emit('drain')
  }

  /** Fails to connect. */
  fail(): void {
    const { running } = this
    if (running === null || this.connected) return
    this.running = null
    this.lost = true
    running.onResponseError(null, new Error('unreachable'))
    this.emit('connectionError')
    this.emit('drain')
  }

  async destroy(): Promise<void> {
    this.destroyed = true
    this.running?.onResponseError(null, new Error('destroyed'))
    this.running = null
  }
}

test('no connection has two calls, there are never too many, and all become free, whatever happens to them', async () => {
  const event = fc.tuple(
    fc.constantFrom('answer', 'break', 'abort', 'drain', 'fail', 'close', 'refuse'),
    fc.nat({ max: 5 }),
  )
  const step = fc.oneof(fc.constant('call' as const), event)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 80 }), async (most, steps) => {
      const made: FakeConnection[] = []
      const connections = new Connections(most, () => {
        const one = new FakeConnection()
        made.push(one)
        return one as unknown as OneConnection
      })
      const calls: Call[] = []
      const dispatch = () => {
        const one = call()
        calls.push(one)
        connections.dispatch(options, one)
      }
      const usable = () => made.filter(({ lost }) => !lost)
      for (const each of steps) {
        if (each === 'call') dispatch()
        else {
          const [what, at] = each
          const one = usable()[at]
          if (one === undefined) continue
          if (what === 'refuse') one.refuses = !one.refuses
          else if (what === 'answer' || what === 'break' || what === 'abort') one.end(what)
          else one[what]()
        }
        expect(usable().length).toBeLessThanOrEqual(most)
        const running = made.filter((one) => one.running !== null).length
        const waiting = calls.filter(({ ends }) => ends === 0).length - running
        // A call waits only while every connection has a call, or has just had one.
        if (waiting > 0) expect(usable().filter((one) => one.running !== null || one.draining)).toHaveLength(most)
      }
      for (const one of made) one.refuses = false
      while (calls.some(({ ends }) => ends === 0)) {
        for (const one of made) {
          one.end('answer')
          one.drain()
        }
      }
      for (const one of made) one.drain()
      // All are free: each takes a call.
      for (let count = 0; count < most; count++) dispatch()
      expect(usable().filter((one) => one.running !== null)).toHaveLength(most)
      await connections.destroy()
      expect(made.flatMap(({ faults }) => faults)).toEqual([])
      expect(calls.map(({ ends }) => ends)).toEqual(calls.map(() => 1))
    }),
    { numRuns: 300 },
  )
})

/** A service whose answers depend on the path. It records connections that carry a request before the last one is answered. */
async function startService() {
  const sockets = new Set<Socket>()
  const faults: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    let busy = false
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
    socket.on('data', (text) => {
      if (busy) faults.push('a request before the last answer')
      const [, how] = /^GET \/(\S+)/.exec(String(text)) ?? []
      busy = how === 'stall'
      if (how === 'break') socket.destroy()
      else if (how === 'close') socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      else if (how === 'stall') socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n')
      else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

test('the same with the connections of undici: answers, closed and broken ones, refused requests, calls that are ended', async () => {
  const service = await startService()
  const kind = fc.constantFrom('answer', 'answer', 'close', 'break', 'stall', 'refused')
  try {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(kind, { maxLength: 24 }), async (most, kinds) => {
        const made: Client[] = []
        const connections = new Connections(most, () => {
          const one = new Client(service.url, { pipelining: 1 })
          made.push(one)
          return one
        })
        const run = (path: string) =>
          new Promise<Call>((resolve) => {
            const one = call(() => resolve(one))
            one.onResponseStart = () => {
              if (path === '/stall') one.controller?.abort(new Error('ended'))
            }
            connections.dispatch({ ...options, path }, one)
          })
        const calls = await Promise.all(kinds.map((each) => run(each === 'refused' ? 'no path' : `/${each}`)))
        expect(calls.map(({ error }) => error === null)).toEqual(
          kinds.map((each) => each === 'answer' || each === 'close'),
        )
        const again = await Promise.all(Array.from({ length: 2 * most }, () => run('/answer')))
        expect(again.every(({ error }) => error === null)).toBe(true)
        expect(made.filter(({ stats }) => stats.connected).length).toBeLessThanOrEqual(most)
        await connections.destroy()
        expect((await run('/answer')).error).toMatchObject({ code: 'UND_ERR_DESTROYED' })
      }),
      { numRuns: 25 },
    )
    expect(service.faults).toEqual([])
  } finally {
    service.close()
  }
})

test('an address that cannot be reached loses no connection', async () => {
  const made: Client[] = []
  const connections = new Connections(1, () => {
    const one = new Client('http://127.0.0.1:9', { pipelining: 1 })
    made.push(one)
    return one
  })
  const calls = await Promise.all(
    Array.from({ length: 5 }, () => {
      return new Promise<Call>((resolve) => {
        const one = call(() => resolve(one))
        connections.dispatch(options, one)
      })
    }),
  )
  expect(calls.map(({ error }) => (error as NodeJS.ErrnoException | null)?.code)).toEqual(
    calls.map(() => 'ECONNREFUSED'),
  )
  await connections.destroy()
})

test('calls that wait for a connection end with the others', async () => {
  const service = await startService()
  const connections = new Connections(1, () => new Client(service.url, { pipelining: 1 }))
  const calls = Array.from({ length: 3 }, () => call())
  for (const one of calls) connections.dispatch({ ...options, path: '/stall' }, one)
  await connections.destroy()
  expect(calls.map(({ error }) => error)).toMatchObject(calls.map(() => ({ code: 'UND_ERR_DESTROYED' })))
  service.close()
})

test('rule F4: a connection that was used last is taken first', () => {
  const made: FakeConnection[] = []
  const connections = new Connections(3, () => {
    const one = new FakeConnection()
    made.push(one)
    return one as unknown as OneConnection
  })
  for (let count = 0; count < 3; count++) connections.dispatch(options, call())
  for (const at of [1, 2, 0]) {
    made[at]?.end('answer')
    made[at]?.drain()
  }
  const order = Array.from({ length: 3 }, () => {
    const before = made.map(({ running }) => running)
    connections.dispatch(options, call())
    return made.findIndex(({ running }, at) => running !== before[at])
  })
  expect(order).toEqual([0, 2, 1])
})

test('closed connections are not kept', async () => {
  const service = await startService()
  const made: Client[] = []
  const connections = new Connections(3, () => {
    const one = new Client(service.url, { pipelining: 1, keepAliveTimeout: 1, keepAliveTimeoutThreshold: 0 })
    made.push(one)
    return one
  })
  const closed = () => Promise.all(made.splice(0).map((one) => once(one, 'disconnect')))
  const answered = () =>
    new Promise<void>((resolve) => connections.dispatch({ ...options, path: '/answer' }, call(resolve)))
  await Promise.all([answered(), answered(), answered()])
  expect(made).toHaveLength(3)
  await closed()
  await answered()
  expect(made).toHaveLength(1)
  await connections.destroy()
  service.close()
})
