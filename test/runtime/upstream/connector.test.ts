import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { createConnector } from '../../../templates/runtime/upstream/connector.ts'
import { createEarlyService } from '../../support/earlyService.ts'
import { closedPort, createRawService } from '../../support/recordingService.ts'

const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

function open(url: string): Promise<Socket> {
  const { hostname, host, protocol, port } = new URL(url)
  const connect = createConnector({ timeout: 2_000 })
  return new Promise((resolve, reject) => {
    connect({ hostname, host, protocol, port }, (error, socket) => {
      if (error === null) resolve(socket)
      else reject(error)
    })
  })
}

const block = (time: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time)

test('a connection whose writes fail can be read to its end, and closes (rule F28)', async () => {
  const service = await createEarlyService('answer')
  closing.push(service)
  for (let i = 0; i < 20; i++) {
    const socket = await open(service.url)
    let received = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      received += String(chunk)
    })
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write('POST / HTTP/1.1\r\n\r\n')
    for (let part = 0; part < 128; part++) socket.write(Buffer.alloc(65_536))
    await closed
    expect(received).toBe('answer')
  }
})

test('an answer that arrived while the event loop was blocked is read', async () => {
  const service = await createEarlyService('answer')
  closing.push(service)
  const socket = await open(service.url)
  let received = ''
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => {
    received += String(chunk)
  })
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.write('POST / HTTP/1.1\r\n\r\n')
  block(200)
  for (let part = 0; part < 128; part++) socket.write(Buffer.alloc(65_536))
  block(1_500)
  await closed
  expect(received).toBe('answer')
})

test('a connection that works is not changed', async () => {
  const service = await createRawService((socket) => socket.end('answer'))
  closing.push(service)
  const socket = await open(service.url)
  const closed = once(socket, 'close')
  socket.write('GET / HTTP/1.1\r\n\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toBe('answer')
  await closed
})

test('an address that refuses is an error', async () => {
  await expect(open(`http://127.0.0.1:${await closedPort()}`)).rejects.toThrow('ECONNREFUSED')
})
