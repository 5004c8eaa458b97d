import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Client } from '../../templates/runtime/vocabulary.ts'
import { some } from './gatewayParts.ts'
import { createRecordingService, type RecordedRequest } from './recordingService.ts'
import { startTestGateway, type TestGateway } from './testGateway.ts'

// Requests whose bodies a gateway reads whole, and answers that it reads whole and prints again (rule F27).

const row = { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' } } } as const
const member = { type: 'string', name: 'x'.repeat(76) } as const

/** An answer of that many bytes or slightly more, whose rows have an undeclared member. */
export function listOf(bytes: number): string {
  const line = (id: number) => JSON.stringify({ id, name: member.name, secret: 'not declared' })
  const rows = Math.ceil((bytes - 1) / (line(1_000_000).length + 1))
  return `[${Array.from({ length: rows }, (_, at) => line(1_000_000 + at)).join()}]`
}

/** What a client may see of `listOf`. */
export function shownOf(list: string): string {
  return list.replaceAll(',"secret":"not declared"', '')
}

export const boundary = 'b0undary'

/** A multipart body with one file of that many bytes. */
export function uploadOf(bytes: number, fill = 0x61): Buffer {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`
  return Buffer.concat([Buffer.from(head), Buffer.alloc(bytes, fill), Buffer.from(`\r\n--${boundary}--\r\n`)])
}

export const digestOf = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

/** The types of bodies that are read whole. */
export const readTypes = {
  multipart: `multipart/form-data; boundary=${boundary}`,
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain',
} as const

const bodySchemas = {
  'multipart/form-data': { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
  'application/json': { type: 'object', properties: { text: { type: 'string' } } },
  'application/x-www-form-urlencoded': { type: 'object', properties: { text: { type: 'string' } } },
  'text/plain': { type: 'string', maxLength: 20_000_000 },
} as const

export interface HeldLimits {
  readonly maxBody: number
  readonly maxAnswer: number
  /** Milliseconds. */
  readonly uploadIdle?: number
  readonly timeout?: number
}

const usual: HeldLimits = { maxBody: 10_485_760, maxAnswer: 5_242_880 }

/**
 * The parts of a gateway: `/read` takes bodies that are read whole, `/pass` those that are passed on, `/list` has an answer that is read
 * whole, `/file` one that is passed on.
 */
export function heldParts(
  url: string,
  client: Partial<Client> = {},
  { maxBody, maxAnswer, uploadIdle = 30_000, timeout = 60_000 } = usual,
) {
  const projected = { check: 'report', undeclared: 'drop', statuses: ['200'] } as const
  const request = (path: string, body: readonly string[]) => some.request(path, { body, maxBody })
  return {
    client: some.client({ trustedProxies: ['127.0.0.1'], ...client }),
    services: {
      orders: some.service(url, { maxAnswer, concurrency: { max: 512, queue: 1_000, wait: 10_000, streams: 512 } }),
    },
    routes: [
      some.route('POST', '/read', {
        timeout,
        uploadIdle,
        contract: { service: 'orders', operation: 'read' },
        request: request('/read', Object.keys(bodySchemas)),
      }),
      some.route('POST', '/pass', {
        contract: { service: 'orders', operation: 'pass' },
        request: request('/pass', ['application/octet-stream']),
      }),
      ...(['GET', 'HEAD'] as const).map((method) =>
        some.route(method, '/list', {
          timeout,
          contract: { service: 'orders', operation: 'list' },
          answers: projected,
        }),
      ),
      some.route('GET', '/file', { contract: { service: 'orders', operation: 'any' } }),
    ],
    operations: {
      read: some.operation({
        body: {
          required: true,
          content: Object.fromEntries(
            Object.entries(bodySchemas).map(([type, schema]) => [type, { schema, encoding: {} }]),
          ),
        },
      }),
      pass: some.operation({
        body: { required: true, content: { 'application/octet-stream': { schema: true, encoding: {} } } },
      }),
      list: some.operation({ answers: { 200: some.answer({ type: 'array', items: row }) } }),
    },
  }
}

/** A service that answers uploads with the digest of their bytes, and `/list` with a list. */
export function createHeldService(
  list: string,
  hold: (req: RecordedRequest, answer: () => void, res: ServerResponse) => void = (_, answer) => answer(),
) {
  return createRecordingService((req, res) => {
    hold(
      req,
      () => {
        const json = req.method === 'GET'
        const body = json ? list : digestOf(req.body)
        res.setHeader('content-type', json ? 'application/json' : 'text/plain')
        res.end(body)
      },
      res,
    )
  })
}

export function startHeld(url: string, client: Partial<Client> = {}, limits = usual): Promise<TestGateway> {
  return startTestGateway(heldParts(url, client, limits))
}

/** An answer as a client got it. */
export interface Got {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: Buffer
}

/**
 * Sends a request on a connection of its own. The client reads nothing of the answer until `reads` resolves, and `begun` is called once
 * the request is written.
 */
export function exchange(
  port: number,
  {
    method,
    path,
    headers = {},
    body = '',
    reads = Promise.resolve(),
  }: {
    readonly method: string
    readonly path: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string | Buffer
    readonly reads?: Promise<void>
  },
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const chunks: Buffer[] = []
    const fields = { host: 'gateway.test', connection: 'close', ...headers }
    const length = body.length === 0 ? [] : [`content-length: ${Buffer.byteLength(body)}`]
    const lines = [`${method} ${path} HTTP/1.1`, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)]
    socket.write(`${[...lines, ...length].join('\r\n')}\r\n\r\n`)
    socket.write(body)
    socket.on('error', () => undefined)
    void reads.then(() => {
      socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    })
    socket.on('close', () => {
      const all = Buffer.concat(chunks)
      const end = all.indexOf('\r\n\r\n')
      if (end < 0) {
        reject(new Error('the connection ended before an answer'))
        return
      }
      const head = all.subarray(0, end).toString('latin1')
      const content = all.subarray(end + 4)
      const stated = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? content.length)
      const status = Number(head.split(' ', 2)[1])
      if (method !== 'HEAD' && stated !== content.length) reject(new Error(`an answer with ${status} broke off`))
      else resolve({ status, retryAfter: /^retry-after: (.*)$/im.exec(head)?.[1] ?? null, body: content })
    })
  })
}
