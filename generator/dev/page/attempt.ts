import { type IncomingMessage, request } from 'node:http'

/** A call of a gateway, as the page asks for it. */
export interface Attempt {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface Outcome {
  readonly status: number
  readonly reason: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** `null`: the bytes are not text. */
  readonly text: string | null
  readonly bytes: number
  /** Whether the body was longer than what is shown, or did not end in time. */
  readonly cut: boolean
  /** Milliseconds. */
  readonly duration: number
}

/** Bytes of an answer that are shown. */
const mostBytes = 262_144
/** Milliseconds that a stream is read. */
const longest = 15_000

/** Calls a gateway. Rejects if the request cannot be sent. */
export function attempt(url: string, { method, target, headers, body }: Attempt): Promise<Outcome> {
  const started = performance.now()
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, method, path: target, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      let bytes = 0
      let ended = false
      const end = (cut: boolean): void => {
        if (ended) return
        ended = true
        clearTimeout(timer)
        call.destroy()
        resolve({
          ...headOf(answer),
          ...bodyOf(Buffer.concat(chunks)),
          bytes,
          cut,
          duration: performance.now() - started,
        })
      }
      const timer = setTimeout(() => end(true), longest)
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        chunks.push(chunk)
        if (bytes >= mostBytes) end(true)
      })
      answer.on('end', () => end(false))
      answer.on('close', () => end(true))
      answer.on('error', () => end(true))
    })
    call.on('error', reject)
    call.end(body ?? undefined)
  })
}

function headOf({ statusCode = 0, statusMessage = '', rawHeaders }: IncomingMessage) {
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  )
  return { status: statusCode, reason: statusMessage, headers }
}

function bodyOf(bytes: Buffer): Pick<Outcome, 'text'> {
  const shown = bytes.subarray(0, mostBytes)
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(shown, { stream: bytes.length >= mostBytes }) }
  } catch {
    return { text: null }
  }
}
