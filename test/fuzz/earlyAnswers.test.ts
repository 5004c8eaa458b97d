import { createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { openRaw, type RawResponse, requestText } from '../support/rawClient.ts'
import { fuzz, patience } from './runs.ts'
import { startTraps, type Traps } from './traps.ts'

/**
 * Sends uploads to a service that answers before it has read them, and to a gateway that refuses them. The client must
 * get the answer (rule F28).
 */
interface EarlyService {
  readonly url: string
  next: EarlyAnswer
  close(): Promise<void>
}

/** `lingers`: the connection stays open for a while, unread; else it is closed as soon as the answer is written. */
interface EarlyAnswer {
  readonly status: number
  /** Bytes of the body that are read before the answer. */
  readonly after: number
  readonly lingers: boolean
}

let service: EarlyService
let traps: Traps
beforeAll(async () => {
  service = await startEarlyService()
  traps = await startTraps(service.url)
}, 60_000)
afterAll(async () => {
  await traps?.close()
  await service?.close()
})

/** Milliseconds that a connection stays open after an answer, unread. */
const linger = 300

async function startEarlyService(): Promise<EarlyService> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let received = 0
    let text = ''
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length
      text += text.includes('\r\n\r\n') ? '' : chunk.toString('latin1')
      const head = text.indexOf('\r\n\r\n')
      if (head < 0 || received - head - 4 < service.next.after) return
      socket.removeAllListeners('data')
      socket.pause()
      const { status, lingers } = service.next
      const answer = `HTTP/1.1 ${status} Early\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`
      // Node.js' own server closes as `destroySoon` does.
      if (!lingers) socket.write(answer, () => socket.destroySoon())
      else {
        socket.end(answer)
        setTimeout(() => socket.destroy(), linger).unref()
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    next: { status: 200, after: 0, lingers: true },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Sends a body in pieces, as far as the gateway takes it, and reads the answer meanwhile. */
async function upload(
  target: string,
  fields: readonly string[],
  size: number,
  piece: number,
  chunked: boolean,
): Promise<RawResponse> {
  const connection = await openRaw(traps.gateway.port)
  const framing = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${size}`
  connection.write(requestText(`${target} HTTP/1.1`, [...fields, 'Content-Type: application/octet-stream', framing]))
  const answer = connection.response('PUT')
  const { socket } = connection
  const sending = (async () => {
    for (let sent = 0; sent < size && socket.writable; sent += piece) {
      const bytes = Buffer.alloc(Math.min(piece, size - sent), 'a')
      const text = chunked ? [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')] : [bytes]
      if (!socket.write(Buffer.concat(text))) {
        await new Promise<void>((resolve) => {
          socket.once('drain', () => resolve())
          socket.once('close', () => resolve())
        })
      }
    }
    if (chunked && socket.writable) socket.write('0\r\n\r\n')
  })()
  try {
    return await answer
  } finally {
    connection.destroy()
    await sending
  }
}

const sizes = fc.constantFrom(200_000, 1_000_000, 4_000_000, 8_000_000)
const pieces = fc.constantFrom(16_384, 65_536, 1_000_000)

test(
  'rule F28: an answer of a service to an upload that it has not read reaches the client',
  async () => {
    const property = fc.asyncProperty(
      fc.record({
        status: fc.constantFrom(409, 413, 200),
        after: fc.constantFrom(0, 1, 70_000),
        lingers: fc.boolean(),
        size: sizes,
        piece: pieces,
        chunked: fc.boolean(),
      }),
      async ({ status, after, lingers, size, piece, chunked }) => {
        service.next = { status, after, lingers }
        const answer = await upload('PUT /imports', [`X-Api-Key: ${traps.callers[0].key}`], size, piece, chunked)
        expect(answer.status).toBe(status)
      },
    )
    await fc.assert(property, fuzz(15, 8_000, 1, 200))
  },
  patience,
)

test(
  'rule F28: a refusal of the gateway reaches the client that still sends',
  async () => {
    const refusals = fc.constantFrom<[string, number]>(
      ['PUT /imports', 401],
      ['PUT /nowhere', 404],
      ['GET /imports', 405],
    )
    const property = fc.asyncProperty(refusals, pieces, fc.boolean(), async ([target, status], piece, chunked) => {
      expect((await upload(target, [], 20_000_000, piece, chunked)).status).toBe(status)
    })
    await fc.assert(property, fuzz(15, 8_000, 1, 200))
  },
  patience,
)

test(
  'rule F28: a body above `maxBody` is 413 for the client that still sends',
  async () => {
    const fields = [`X-Api-Key: ${traps.callers[0].key}`]
    const property = fc.asyncProperty(pieces, fc.boolean(), async (piece, chunked) => {
      expect((await upload('PUT /imports', fields, 20_000_000, piece, chunked)).status).toBe(413)
    })
    service.next = { status: 200, after: Number.POSITIVE_INFINITY, lingers: true }
    await fc.assert(property, fuzz(10, 8_000, 1, 100))
  },
  patience,
)
