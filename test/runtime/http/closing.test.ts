import { once } from 'node:events'
import { IncomingMessage, type Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createClosing } from '../../../templates/runtime/http/closing.ts'
import { createInFlight } from '../../../templates/runtime/http/inFlight.ts'
import { listen } from '../../../templates/runtime/http/listen.ts'
import { createServer } from '../../../templates/runtime/http/server.ts'
import { openRaw, requestText } from '../../support/rawClient.ts'

describe('a request is late', () => {
  const socket = new Socket()
  const arrival = (on = socket) => new IncomingMessage(on)

  function answer(keepAlive: boolean) {
    const req = arrival()
    const res = new ServerResponse(req)
    res.shouldKeepAlive = keepAlive
    return { req, res }
  }

  test('not on a fresh connection', () => {
    expect(createClosing(() => []).isLate(arrival())).toBe(false)
  })

  test('not after answers that keep the connection', () => {
    const { req, res } = answer(true)
    const closing = createClosing(() => [{ req, res }])
    closing.note(req, res)
    expect(closing.isLate(arrival())).toBe(false)
  })

  test('after an answer that closes the connection, even if that is complete', () => {
    const { req, res } = answer(false)
    const closing = createClosing(() => [])
    closing.note(req, res)
    expect(closing.isLate(arrival())).toBe(true)
    expect(closing.isLate(arrival(new Socket()))).toBe(false)
  })

  test('after an unfinished answer that is changed to close the connection', () => {
    const { req, res } = answer(true)
    const closing = createClosing((of) => (of === socket ? [{ req, res }, answer(true)] : []))
    closing.note(req, res)
    res.shouldKeepAlive = false
    expect(closing.isLate(arrival())).toBe(true)
    expect(closing.isLate(arrival(new Socket()))).toBe(false)
  })
})

describe('a server processes nothing after an answer that closes the connection', () => {
  let server: Server | undefined
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })

  /** A server that records requests; `listener` answers. */
  async function serve(listener: (req: IncomingMessage, res: ServerResponse) => void) {
    const taken: string[] = []
    const inFlight = createInFlight(
      () => undefined,
      () => false,
    )
    server = createServer({
      IncomingMessage,
      ServerResponse,
      listener: (req, res) => {
        taken.push(req.url ?? '')
        inFlight.begin(req, res)
        listener(req, res)
      },
      upgrade: (req, res) => {
        taken.push(`upgrade ${req.url}`)
        inFlight.begin(req, res)
        res.end()
      },
      underWay: inFlight.on,
      rejected: ({ problem }) => taken.push(problem),
      keepAlive: 5_000,
      maxHead: 16_384,
      headTimeout: 5_000,
      requestTimeout: 5_000,
      stillness: 5_000,
    })
    const { port } = await listen(server, '127.0.0.1', 0)
    return { server, taken, connection: await openRaw(port) }
  }

  const first = requestText('GET /first HTTP/1.1')
  const followers: readonly [string, string][] = [
    ['a request', requestText('GET /second HTTP/1.1')],
    ['a request that expects to be asked for its body', requestText('GET /second HTTP/1.1', ['Expect: 100-continue'])],
    ['a request with another expectation', requestText('GET /second HTTP/1.1', ['Expect: x'])],
    ['an upgrade', requestText('GET /second HTTP/1.1', ['Connection: Upgrade', 'Upgrade: websocket'])],
    ['CONNECT', requestText('CONNECT second:443 HTTP/1.1')],
    ['a message that is not a request', 'SECOND\r\n\r\n'],
  ]

  test.each(followers)('if sent at once: %s', async (_, second) => {
    const { taken, connection } = await serve((_req, res) => {
      res.shouldKeepAlive = false
      res.end()
    })
    connection.write(first + second)
    expect((await connection.response()).header('connection')).toBe('close')
    expect(await connection.closed).toBe('')
    expect(taken).toEqual(['/first'])
  })

  test('if that was decided during the request', async () => {
    const { server, taken, connection } = await serve(() => undefined)
    const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>
    connection.write(first)
    const [, res] = await asked
    res.shouldKeepAlive = false
    // The server parses in order: when it reports the last message, it has parsed the one before it.
    const read = once(server, 'clientError')
    connection.write(requestText('GET /second HTTP/1.1') + 'THIRD\r\n\r\n')
    await read
    res.end()
    expect((await connection.response()).header('connection')).toBe('close')
    expect(await connection.closed).toBe('')
    expect(taken).toEqual(['/first'])
  })

  test.each(followers)('but it processes after an answer that keeps the connection: %s', async (_, second) => {
    const { taken, connection } = await serve((_req, res) => res.end())
    connection.write(first + second)
    expect((await connection.response()).status).toBe(200)
    await connection.response()
    expect(taken).toHaveLength(2)
    connection.destroy()
  })
})
