import { connect, type Socket } from 'node:net'

/** An answer as received, without normalisation. */
export interface RawResponse {
  readonly status: number
  /** Name in lower case and value, in the order received, including duplicates. */
  readonly fields: readonly (readonly [string, string])[]
  readonly body: string
  /** The value of a field that occurs once; `undefined` if it is absent. */
  header(name: string): string | undefined
}

/** A connection to a gateway on loopback, for messages that HTTP clients cannot send. */
export interface RawConnection {
  readonly socket: Socket
  write(bytes: string | Buffer): void
  /**
   * The next answer. Rejects if the connection ends before it is complete. `method`: that of the request, because HEAD
   * has no body.
   */
  response(method?: string): Promise<RawResponse>
  /** Resolves when the other side has closed, with all received text that `response` has not returned. */
  readonly closed: Promise<string>
  destroy(): void
}

export async function openRaw(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1' })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  let received = ''
  let over = false
  let wake: () => void = () => undefined
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    received += text
    wake()
  })
  // A reset counts as an end; tests check what was received before it.
  socket.on('error', () => undefined)
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => {
      over = true
      wake()
      resolve(received)
    })
  })

  return {
    socket,
    closed,
    write: (bytes) => {
      socket.write(bytes)
    },
    async response(method = 'GET') {
      for (;;) {
        const parsed = parse(received, method, over)
        if (parsed !== null) {
          received = parsed.rest
          if (parsed.response.status !== 100) return parsed.response
          continue
        }
        if (over) throw new Error(`the connection ended after ${JSON.stringify(received.slice(0, 200))}`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    destroy: () => socket.destroy(),
  }
}

/** Sends bytes on a new connection and returns the first answer. */
export async function sendRaw(port: number, bytes: string | Buffer): Promise<RawResponse> {
  const connection = await openRaw(port)
  connection.write(bytes)
  try {
    return await connection.response(String(bytes).split(' ', 1)[0])
  } finally {
    connection.destroy()
  }
}

/** The text of a request. A `Host` is added if there is none. */
export function requestText(line: string, fields: readonly string[] = [], body = ''): string {
  const host = fields.some((field) => /^host:/i.test(field)) ? [] : ['Host: gateway.test']
  return [line, ...host, ...fields, '', body].join('\r\n')
}

function parse(text: string, method: string, over: boolean): { response: RawResponse; rest: string } | null {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return null
  const [line = '', ...lines] = text.slice(0, end).split('\r\n')
  const status = Number(line.split(' ')[1])
  const fields = lines.map((each) => {
    const colon = each.indexOf(':')
    return [each.slice(0, colon).toLowerCase(), each.slice(colon + 1).trim()] as const
  })
  const header = (name: string) => fields.find(([each]) => each === name)?.[1]
  const done = (body: string, to: number) => ({ response: { status, fields, body, header }, rest: text.slice(to) })
  const from = end + 4
  if (method === 'HEAD' || status === 204 || status === 304 || status < 200) return done('', from)
  const length = header('content-length')
  if (length !== undefined) {
    const to = from + Number(length)
    return text.length < to ? null : done(text.slice(from, to), to)
  }
  if (header('transfer-encoding') === 'chunked') return parseChunks(text, from, done)
  return over ? done(text.slice(from), text.length) : null
}

function parseChunks<T>(text: string, from: number, done: (body: string, to: number) => T): T | null {
  let body = ''
  for (let at = from; ; ) {
    const line = text.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(text.slice(at, line), 16)
    const to = line + 2 + size + 2
    if (text.length < to) return null
    if (size === 0) return done(body, to)
    body += text.slice(line + 2, line + 2 + size)
    at = to
  }
}
