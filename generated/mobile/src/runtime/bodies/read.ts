import type { IncomingMessage } from 'node:http'
import { type Problem, problem } from '../words/problems.ts'

const tooLarge = problem('content-too-large', { close: true })
const late = problem('request-timeout', { close: true })
const broken = problem('malformed-request', { close: true })

/** Where a client's body comes from. */
export interface BodySource {
  readonly req: IncomingMessage
  /** Aborted when the client goes away. Made on first use. */
  readonly abort: AbortController
}

/** Reads the client's body, at most so many bytes. Always resolves: with a problem when it is too large, breaks off or comes too late. */
export function readBody({ req, abort }: BodySource, most: number): Promise<Buffer | Problem> {
  const { signal } = abort
  if (signal.aborted) return Promise.resolve(late)
  if (req.destroyed || req.readableEnded) return Promise.resolve(broken)
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const finish = (outcome: Buffer | Problem): void => {
      req.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
      signal.removeEventListener('abort', onAbort)
      resolve(outcome)
    }
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size > most) {
        // Not another byte is taken in; the answer closes the connection.
        req.pause()
        finish(tooLarge)
        return
      }
      chunks.push(chunk)
    }
    const onEnd = (): void => finish(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks))
    const onClose = (): void => finish(broken)
    const onAbort = (): void => {
      req.pause()
      finish(late)
    }
    req.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
