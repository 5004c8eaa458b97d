import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type CloseLimits,
  closeInStages,
  isClosing,
  stageLastClose,
} from '../../../templates/runtime/http/stagedClose.ts'
import { openRaw, type RawConnection } from '../../support/rawClient.ts'

const limits: CloseLimits = { total: 60_000, idle: 60_000, bytes: 1_000_000 }
let server: Server | undefined
afterEach(() => {
  server?.close()
})

/** A connection from both sides. */
async function connect(): Promise<{ client: RawConnection; socket: Socket }> {
  server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  const client = await openRaw((server.address() as AddressInfo).port)
  const [socket] = await accepted
  client.socket.allowHalfOpen = true
  return { client, socket }
}

describe('a connection that is closed in stages (rule F28)', () => {
  test('ends its own side after what was written, reads on, and ends with the client', async () => {
    const { client, socket } = await connect()
    const closed = once(socket, 'close')
    socket.write('answer')
    closeInStages(socket, limits)
    expect(isClosing(socket)).toBe(true)
    await once(client.socket, 'end')
    client.write('a'.repeat(100_000))
    expect(socket.destroyed).toBe(false)
    client.socket.end()
    await closed
    expect(socket.bytesRead).toBe(100_000)
    expect(await client.closed).toBe('answer')
  })

  test.each<[string, Partial<CloseLimits>]>([
    ['silence', { idle: 20 }],
    ['its time', { total: 20 }],
    ['its bytes', { bytes: 10 }],
  ])('is destroyed after %s', async (_, less) => {
    const { client, socket } = await connect()
    const closed = once(socket, 'close')
    closeInStages(socket, { ...limits, ...less })
    client.write('a'.repeat(100))
    await closed
    client.destroy()
  })

  test('reads on if the server had paused it', async () => {
    const { client, socket } = await connect()
    socket.on('data', () => undefined)
    socket.pause()
    const closed = once(socket, 'close')
    closeInStages(socket, limits)
    client.socket.end('rest')
    await closed
    expect(socket.bytesRead).toBe(4)
    client.destroy()
  })
})

test('the last close of a server is staged only while bytes are unread', async () => {
  for (const unread of [true, false]) {
    const { client, socket } = await connect()
    const closed = once(socket, 'close')
    stageLastClose(socket, () => unread)
    socket.destroySoon()
    expect(isClosing(socket)).toBe(unread)
    client.socket.end()
    await closed
    client.destroy()
    server?.close()
  }
})
