import type { IncomingMessage } from 'node:http'
import { type Problem, problem } from '../words/problems.ts'

const tooLarge = problem('content-too-large', { close: true })
const late = problem('request-timeout', { close: true })
const broken = problem('malformed-request', { close: true })

/** The source of a client's body. */
export interface BodySource {
  readonly req: IncomingMessage
  /** Aborted when the client disconnects. Created on first use. */
  readonly abort: AbortController
}

/** Reads the client's body, at most `most` bytes. Always resolves; to a problem when it is too large, incomplete or too late. */
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
        // No further bytes are read; the answer closes the connection.
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
