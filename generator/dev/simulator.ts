import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { PathPiece, PathTemplate } from '../model/types.ts'
import { type Answer, createAnswers } from './answers.ts'
import { createDirectory } from './directory.ts'
import { closed, listen } from './loopback.ts'
import type { SimulatedService } from './types.ts'

/** A request that a simulated service received. */
export interface ReceivedRequest {
  readonly service: string | null
  /** Contract key of the operation; `null`: the service's document does not have it. */
  readonly operation: string | null
  /** Path template of the operation. Several operations may share it if they differ in `#variant`. */
  readonly template: string | null
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** Bytes of the head of a request: more than gateways pass on. */
const longestHead = 1_048_576

export interface SimulatorOptions {
  /** 0: any free port. */
  readonly port: number
  readonly services: readonly SimulatedService[]
  /** Whether JSON answers get a member that no document declares. Default: no. */
  readonly undeclared?: boolean
  readonly onRequest?: (request: ReceivedRequest) => void
  readonly onAnswer?: (request: ReceivedRequest, answer: Answer) => void
}

/**
 * A server that answers as the documents of services describe: with their examples, else with data sampled from the
 * schema.
 */
export interface Simulator {
  readonly url: string
  /** Switches to other documents. */
  replace(services: readonly SimulatedService[]): void
  close(): Promise<void>
}

/**
 * Starts a simulator on 127.0.0.1. `Prefer: code=404` selects a documented status, `Prefer: dynamic=true` sampled data
 * instead of the document's examples. Throws if the port is in use.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  let respond = responder(options.services, options)
  const server = createServer({ maxHeaderSize: longestHead }, (req, res) => respond(req, res))
  const url = await listen(server, options.port)
  return {
    url,
    replace: (services) => {
      respond = responder(services, options)
    },
    close: () => closed(server),
  }
}

function responder(services: readonly SimulatedService[], { onRequest, onAnswer, undeclared }: SimulatorOptions) {
  const directory = createDirectory(services)
  const answers = createAnswers(undeclared)
  return (req: IncomingMessage, res: ServerResponse): void => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const method = req.method ?? 'GET'
      const url = req.url ?? '/'
      const found = directory.find(method, url)
      const received: ReceivedRequest = {
        service: found?.service.model.id ?? null,
        operation: found?.key ?? null,
        template: found === null ? null : templateOf(found.operation.path),
        method,
        url,
        headers: req.headers,
        body: Buffer.concat(chunks),
      }
      onRequest?.(received)
      const answer = found === null ? unknown : answerOf(() => answers.answer(found, url, req.headers))
      onAnswer?.(received, answer)
      res.writeHead(answer.status, { ...answer.headers })
      if (method === 'HEAD') res.end()
      else write(res, answer.chunks)
    })
  }
}

const unknown: Answer = {
  status: 404,
  headers: { 'content-type': 'application/problem+json' },
  chunks: [Buffer.from('{"type":"about:blank","title":"The document has no such operation","status":404}')],
}

/** An exception in a listener would end the process. */
function answerOf(make: () => Answer): Answer {
  try {
    return make()
  } catch (error) {
    const title = `The simulator cannot make an answer: ${error instanceof Error ? error.message : String(error)}`
    const problem = JSON.stringify({ type: 'about:blank', title, status: 500 })
    return { status: 500, headers: unknown.headers, chunks: [Buffer.from(problem)] }
  }
}

function templateOf({ segments }: PathTemplate): string {
  const text = (piece: PathPiece): string => (piece.kind === 'literal' ? piece.text : `{${piece.name}}`)
  return `/${segments.map((pieces) => pieces.map(text).join('')).join('/')}`
}

/** Sends several chunks one by one, like a service that streams. */
function write(res: ServerResponse, chunks: readonly Buffer[]): void {
  const [first, ...rest] = chunks
  if (first === undefined || rest.length === 0) {
    res.end(first)
    return
  }
  res.write(first, () => setImmediate(() => (res.destroyed ? undefined : write(res, rest))))
}
