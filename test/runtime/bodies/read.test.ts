import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { readBody } from '../../../templates/runtime/bodies/read.ts'
import { createExchange } from '../../../templates/runtime/exchange/live.ts'
import { aLotOfRoom } from '../../support/observed.ts'

const limits = { idle: 30_000, total: 30_000 }
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

interface Seen {
  readonly req: IncomingMessage
  /** Events that something listens to. */
  readonly watched: string[]
  readonly body: Promise<unknown>
  /** Resolves when Node.js has released the request. */
  readonly ended: Promise<unknown>
}

/** A server that reads each body; the requests it has seen, in order, and a connection to it. */
async function start(): Promise<{ readonly socket: Socket; next(): Promise<Seen> }> {
  const waiting: ((seen: Seen) => void)[] = []
  const arrived: Seen[] = []
  const server = createServer((req, res) => {
    const ended = new Promise((resolve) => req.once('end', resolve))
    const watched: string[] = []
    req.on('newListener', (event: string) => watched.push(event))
    const body = readBody(createExchange(req, res), 1_000, limits, aLotOfRoom()).then((read) => {
      res.end()
      return Buffer.isBuffer(read) ? read.toString() : read.name
    })
    const seen = { req, watched, body, ended }
    const resolve = waiting.shift()
    if (resolve === undefined) arrived.push(seen)
    else resolve(seen)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined)
  closing.push(() => {
    socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  const next = (): Promise<Seen> =>
    new Promise((resolve) => {
      const seen = arrived.shift()
      if (seen === undefined) waiting.push(resolve)
      else resolve(seen)
    })
  return { socket, next }
}

const head = (length: number) => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`

describe('the body of a request', () => {
  test('that came with its head is read without listeners, and the request ends', async () => {
    const { socket, next } = await start()
    socket.write(`${head(5)}hello`)
    const { watched, body, ended } = await next()
    expect(await body).toBe('hello')
    await ended
    expect(watched).not.toContain('data')
  })

  test('of two requests in one packet are told apart', async () => {
    const { socket, next } = await start()
    socket.write(`${head(5)}hello${head(3)}you`)
    expect(await (await next()).body).toBe('hello')
    expect(await (await next()).body).toBe('you')
  })

  test('that comes in pieces is collected', async () => {
    const { socket, next } = await start()
    socket.write(`${head(5)}he`)
    const { req, body, ended } = await next()
    if (req.listenerCount('data') === 0) await once(req, 'newListener')
    socket.write('llo')
    expect(await body).toBe('hello')
    await ended
  })

  test('that is broken off is a fault', async () => {
    const { socket, next } = await start()
    socket.write(`${head(5)}he`)
    const { body } = await next()
    socket.destroy()
    expect(await body).toBe('malformed-request')
  })
})
