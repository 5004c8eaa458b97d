import { isUtf8 } from 'node:buffer'
import request from 'undici/lib/api/api-request.js'
import Agent from 'undici/lib/dispatcher/agent.js'

/** Result of a request to an identity provider: an answer of any status with its JSON body, or the reason why there is none. */
export type Answer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'failed'; readonly reason: 'timeout' | 'unreachable' | 'too large' | 'not JSON' }

export interface Enquiry {
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** HTTP client for identity providers: limited in time and size, no redirects, no decompression. */
export interface EndpointClient {
  ask(url: string, enquiry: Enquiry): Promise<Answer>
  close(): void
}

const timeout = 2_000
const maxBytes = 256 * 1_024

export function createEndpointClient(): EndpointClient {
  const dispatcher = new Agent({
    connections: 4,
    connect: { timeout },
    headersTimeout: timeout,
    bodyTimeout: timeout,
    // Limits the hints of servers: a request on an idle connection that the server is about to close fails (rule F4).
    keepAliveMaxTimeout: 30_000,
  })

  async function attempt(url: string, enquiry: Enquiry, signal: AbortSignal): Promise<Answer> {
    const { origin, pathname, search } = new URL(url)
    const response = await request.call(dispatcher, {
      origin,
      path: pathname + search,
      signal,
      method: enquiry.method,
      headers: { accept: 'application/json', 'accept-encoding': 'identity', ...enquiry.headers },
      body: enquiry.body ?? null,
    })
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      size += chunk.length
      // Leaving the loop destroys the body, and with it the connection.
      if (size > maxBytes) return { kind: 'failed', reason: 'too large' }
      chunks.push(chunk)
    }
    return parse(response.statusCode, Buffer.concat(chunks))
  }

  return {
    async ask(url, enquiry) {
      const signal = AbortSignal.timeout(timeout)
      try {
        return await attempt(url, enquiry, signal).catch((error: unknown) => {
          // The server may close an idle connection at the moment it is reused. Nothing was answered, so the request is sent once
          // more.
          if (signal.aborted || !wasClosed(error)) throw error
          return attempt(url, enquiry, signal)
        })
      } catch (error) {
        return { kind: 'failed', reason: signal.aborted || isTimeout(error) ? 'timeout' : 'unreachable' }
      }
    },
    close() {
      dispatcher.destroy().catch(() => undefined)
    },
  }
}

function parse(status: number, bytes: Buffer): Answer {
  if (!isUtf8(bytes)) return { kind: 'failed', reason: 'not JSON' }
  try {
    return { kind: 'answer', status, body: JSON.parse(bytes.toString('utf8')) }
  } catch {
    // The body of an error answer may be anything, such as an HTML page: only the status is used then.
    return status === 200 ? { kind: 'failed', reason: 'not JSON' } : { kind: 'answer', status, body: null }
  }
}

function wasClosed(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE'
}

function isTimeout(error: unknown): boolean {
  return codeOf(error).endsWith('TIMEOUT')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
