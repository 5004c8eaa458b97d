import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import { digestOf, exchange, listOf, readTypes, shownOf, startHeld, uploadOf } from '../support/heldBodies.ts'
import { openRaw, requestText } from '../support/rawClient.ts'
import { createRecordingService, type RecordedRequest } from '../support/recordingService.ts'
import type { TestGateway } from '../support/testGateway.ts'

// Bodies that were read whole, and answers that slow clients had not taken, had no bound over the process: 16 uploads of 10 MB took 450 MB
// (rule F27).

const maxBody = 100_000
const maxAnswer = 400_000
/** One caller gets so much, and all together twice as much. */
const half = maxBody + maxAnswer

const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of closing.splice(0).reverse()) await each.close()
})

type Answer = (res: ServerResponse, request: RecordedRequest) => void

/** A gateway that may hold 1 MB. Requests wait at the service until they are answered. */
async function start(more: { readonly uploadIdle?: number; readonly timeout?: number } = {}) {
  const waiting: { readonly request: RecordedRequest; readonly res: ServerResponse }[] = []
  let answer: Answer | null = null
  const service = await createRecordingService((request, res) => {
    if (answer === null) waiting.push({ request, res })
    else answer(res, request)
  })
  const gateway = await startHeld(service.url, { maxHeld: 1 }, { maxBody, maxAnswer, ...more })
  closing.push(service, gateway)
  const { port } = gateway
  const arrived = async (count: number) => {
    while (waiting.length < count) await new Promise(setImmediate)
  }
  const post = (body: string | Buffer, type: string, address = '192.0.2.1', path = '/read') =>
    exchange(port, { method: 'POST', path, headers: { 'content-type': type, 'x-forwarded-for': address }, body })
  const list = (address = '192.0.2.1', method = 'GET') =>
    exchange(port, { method, path: '/list', headers: { 'x-forwarded-for': address } })
  const letAll = (how: Answer) => {
    answer = how
    for (const { request, res } of waiting.splice(0)) how(res, request)
  }
  const hold = () => {
    answer = null
  }
  /** Whether one caller gets exactly what it gets of a gateway that holds nothing: no byte is left. */
  const holdsNothing = async (): Promise<boolean> => {
    hold()
    const posts = Array.from({ length: half / maxBody }, () => post(json(maxBody), readTypes.json))
    const first = await Promise.race([arrived(posts.length), ...posts])
    const over = first === undefined ? await post(json(5_000), readTypes.json) : first
    letAll(plain)
    const statuses = (await Promise.all(posts)).map(({ status }) => status)
    hold()
    return over?.status === 503 && statuses.every((status) => status === 200)
  }
  return { gateway, service, port, waiting, arrived, post, list, letAll, hold, holdsNothing }
}

/** The line of the access log of the first request that was 503. */
const refusal = ({ line }: TestGateway, serviceTime?: null) =>
  line(({ status, ...of }) => status === 503 && (serviceTime === undefined || of['serviceTime'] === serviceTime))
const noRoom = { problem: 'unavailable', reason: 'no-room' }

const plain: Answer = (res) => {
  res.setHeader('content-type', 'application/json')
  res.end('[]')
}
const json = (bytes: number): string => `{"text":"${'a'.repeat(bytes - 11)}"}`
const form = (bytes: number): string => `text=${'a'.repeat(bytes - 5)}`
const upload = (bytes: number): Buffer => uploadOf(bytes - uploadOf(0).length)

describe('bodies that are read whole', () => {
  test.each([
    ['JSON', readTypes.json, json],
    ['a form', readTypes.form, form],
    ['multipart', readTypes.multipart, upload],
    ['text', readTypes.text, (bytes: number) => 'a'.repeat(bytes)],
  ])(
    '%s: one caller gets half of the room, another one gets some of the rest, and all are answered later',
    async (_, type, make) => {
      const { post, arrived, letAll, service, waiting, gateway } = await start()
      const posts = Array.from({ length: 5 }, () => post(make(maxBody), type))
      await arrived(5)
      const refused = await post(make(maxBody), type)
      expect([refused.status, refused.retryAfter]).toEqual([503, '1'])
      expect(await refusal(gateway)).toMatchObject(noRoom)
      expect(service.begun).toBe(5)
      const other = post(make(maxBody), type, '192.0.2.2')
      await arrived(6)
      // A request of at most 4 KiB is not refused, also of the caller that has its half.
      const little = post(make(250), type)
      await arrived(7)
      expect(waiting).toHaveLength(7)
      letAll(plain)
      for (const each of [...posts, other, little]) expect(await each).toMatchObject({ status: 200 })
      expect(await post(make(maxBody), type)).toMatchObject({ status: 200 })
    },
  )

  test('a body without a length is refused as it grows', async () => {
    const { port, post, arrived, letAll, holdsNothing } = await start()
    const posts = [100_000, 100_000, 100_000, 100_000, 40_000].map((bytes) => post(json(bytes), readTypes.json))
    await arrived(5)
    const connection = await openRaw(port)
    const fields = ['Content-Type: application/json', 'Transfer-Encoding: chunked', 'X-Forwarded-For: 192.0.2.1']
    connection.write(requestText('POST /read HTTP/1.1', fields))
    const piece = 'a'.repeat(30_000)
    for (let at = 0; at < 3; at++) connection.write(`7530\r\n${at === 0 ? `{"text":"${piece.slice(9)}` : piece}\r\n`)
    expect(await connection.response()).toMatchObject({ status: 503 })
    connection.destroy()
    letAll(plain)
    await Promise.all(posts)
    while (!(await holdsNothing())) await new Promise(setImmediate)
  })

  test('bodies that are passed on do not count', async () => {
    const { post, arrived, letAll } = await start()
    const type = 'application/octet-stream'
    const posts = Array.from({ length: 12 }, () => post(Buffer.alloc(maxBody), type, '192.0.2.1', '/pass'))
    await arrived(12)
    letAll(plain)
    for (const each of posts) expect(await each).toMatchObject({ status: 200 })
  })
})

describe('answers that are read whole', () => {
  const answers = listOf(390_000)
  const sized: Answer = (res) => {
    res.setHeader('content-type', 'application/json')
    res.end(answers)
  }
  const inPieces: Answer = (res) => {
    res.setHeader('content-type', 'application/json')
    res.write(answers.slice(0, 200_000))
    res.end(answers.slice(200_000))
  }

  test.each([
    ['with a length', sized],
    ['without a length', inPieces],
  ])('%s: those for which there is no room are 503 before their head, then before their call', async (_, answer) => {
    const { port, list, letAll, service, post, hold, arrived, holdsNothing, gateway } = await start()
    // Nothing is known of the route's answers yet: its service is called.
    const posts = Array.from({ length: 4 }, () => post(json(maxBody), readTypes.json))
    await arrived(4)
    const asked = list()
    await arrived(5)
    letAll(answer)
    const refused = await asked
    expect([refused.status, refused.retryAfter]).toEqual([503, '1'])
    expect(await refusal(gateway)).toMatchObject({ ...noRoom, serviceTime: expect.any(Number) })
    for (const each of posts) expect(await each).toMatchObject({ status: 200 })
    expect(await list()).toMatchObject({ status: 200 })

    // A client that reads nothing: the system takes some of the first answer, which is passed on, and nothing of the second.
    hold()
    const slow = await openRaw(port)
    slow.socket.pause()
    const get = (path: string) => requestText(`GET ${path} HTTP/1.1`, ['X-Forwarded-For: 192.0.2.1'])
    slow.write(get('/file') + get('/list'))
    await arrived(2)
    letAll((res, request) => {
      if (request.url === '/list') answer(res, request)
      else res.setHeader('content-type', 'application/octet-stream').end(Buffer.alloc(12_000_000))
    })
    while ((await list()).status === 200) await new Promise(setImmediate)
    const calls = service.begun
    for (let at = 0; at < 3; at++) expect(await list()).toMatchObject({ status: 503, retryAfter: '1' })
    expect(service.begun).toBe(calls)
    expect(await refusal(gateway, null)).toMatchObject(noRoom)
    slow.socket.resume()
    expect((await slow.response()).body).toHaveLength(12_000_000)
    expect((await slow.response()).body === shownOf(answers)).toBe(true)
    slow.destroy()
    while (!(await holdsNothing())) await new Promise(setImmediate)
    letAll(answer)
    expect((await list()).body.toString()).toBe(shownOf(answers))
  })
})

describe('encoded answers, while nothing else is held', () => {
  const rows = Array.from({ length: 4_000 }, (_, id) => JSON.stringify({ id, name: digestOf(String(id)) }))
  const encodings = [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const
  test.each(
    encodings.flatMap(([name, encode]) => [1_500, 2_500, 4_000].map((count) => [name, count, encode] as const)),
  )('%s: %i rows are answered', async (encoding, count, encode) => {
    const { list, letAll, holdsNothing } = await start()
    const text = `[${rows.slice(0, count).join()}]`
    letAll((res) => {
      res.setHeader('content-type', 'application/json').setHeader('content-encoding', encoding)
      res.end(encode(text))
    })
    const { status, body } = await list()
    expect([status, body.toString() === text]).toEqual([200, true])
    expect(await holdsNothing()).toBe(true)
  })
})

describe('every byte comes back', () => {
  const bodyEnds: readonly (readonly [
    what: string,
    end: (of: Awaited<ReturnType<typeof start>>) => Promise<unknown>,
  ])[] = [
    ['a body that does not fit its schema', ({ post }) => post(`{"text":${'1'.repeat(50_000)}}`, readTypes.json)],
    ['a body that is too large', ({ post }) => post(json(maxBody + 1), readTypes.json)],
    [
      'a body that stops',
      async ({ port }) => {
        const connection = await openRaw(port)
        const fields = ['Content-Type: application/json', 'Content-Length: 90000', 'X-Forwarded-For: 192.0.2.1']
        connection.write(requestText('POST /read HTTP/1.1', fields, '{'))
        expect(await connection.response()).toMatchObject({ status: 408 })
        connection.destroy()
      },
    ],
    [
      'a client that leaves in its body',
      async ({ port }) => {
        const connection = await openRaw(port)
        const fields = ['Content-Type: application/json', 'Content-Length: 90000', 'X-Forwarded-For: 192.0.2.1']
        connection.write(requestText('POST /read HTTP/1.1', fields, 'a'.repeat(50_000)))
        connection.socket.end()
        await once(connection.socket, 'close')
      },
    ],
    [
      'a client that leaves before the answer',
      async ({ port, arrived }) => {
        const connection = await openRaw(port)
        const fields = ['Content-Type: application/json', `Content-Length: ${maxBody}`, 'X-Forwarded-For: 192.0.2.1']
        connection.write(requestText('POST /read HTTP/1.1', fields, json(maxBody)))
        await arrived(1)
        connection.destroy()
      },
    ],
    ['a service that does not answer', ({ post }) => post(json(maxBody), readTypes.json)],
    [
      'a service that leaves',
      async ({ post, arrived, waiting }) => {
        const posted = post(json(maxBody), readTypes.json)
        await arrived(1)
        waiting.splice(0)[0]?.res.destroy()
        await posted
      },
    ],
  ]
  test.each(bodyEnds)('%s', async (_, end) => {
    const of = await start({ uploadIdle: 300, timeout: 1_500 })
    await end(of)
    of.waiting.splice(0)
    while (!(await of.holdsNothing())) await new Promise(setImmediate)
  })

  const list = listOf(300_000)
  const bomb = brotliCompressSync(Buffer.alloc(2_000_000))
  const head = (res: ServerResponse, more: Readonly<Record<string, string>> = {}) =>
    res.writeHead(200, { 'content-type': 'application/json', ...more })
  const answerEnds: readonly (readonly [what: string, status: number, answer: Answer])[] = [
    ['gzip', 200, (res) => head(res, { 'content-encoding': 'gzip' }).end(gzipSync(list))],
    ['gzip of what decodes to much more', 502, (res) => head(res, { 'content-encoding': 'br' }).end(bomb)],
    ['broken gzip', 502, (res) => head(res, { 'content-encoding': 'gzip' }).end(gzipSync(list).subarray(0, 900))],
    ['an answer that is too large', 502, (res) => head(res).end(listOf(maxAnswer + 10_000))],
    [
      'the same with its length',
      502,
      (res) => res.setHeader('content-type', 'application/json').end(listOf(maxAnswer + 10_000)),
    ],
    [
      'an answer that breaks off',
      502,
      (res) => {
        head(res, { 'content-length': '300000' }).write(list.slice(0, 100_000))
        setImmediate(() => res.destroy())
      },
    ],
    ['an answer that stops', 504, (res) => head(res).write(list.slice(0, 100_000))],
    ['what is not JSON', 502, (res) => head(res).end('a'.repeat(200_000))],
    ['an error', 502, (res) => res.writeHead(500).end(list)],
  ]
  test.each(answerEnds)('%s: %i', async (_, status, answer) => {
    const { list: get, letAll, holdsNothing } = await start({ timeout: 1_500 })
    letAll(answer)
    expect(await get()).toMatchObject({ status })
    expect(await get('192.0.2.1', 'HEAD')).toMatchObject({})
    while (!(await holdsNothing())) await new Promise(setImmediate)
  })
})
