import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { parseUrl } from '../../../templates/runtime/words/urls.ts'
import type { Answer } from '../answers.ts'
import type { LogEntry } from '../logEntry.ts'
import { closed, isFromItself, listen, namesItself } from '../loopback.ts'
import type { ReceivedRequest } from '../simulator.ts'
import { readAssets } from './assets.ts'
import { type Attempt, attempt } from './attempt.ts'
import { createExchanges } from './exchanges.ts'
import { createFeed, type News } from './feed.ts'
import { overviewOf } from './overview.ts'
import { proposedRequest } from './sample.ts'
import { type Gateway, gatewayOf, type Subject, userOf } from './subject.ts'

/** The page on which a development system is looked at and tried. */
export interface Page {
  readonly url: string
  /** The style sheet for the sign-in page of the identity provider. */
  readonly signInStyle: string
  /** Shows a system, or the same one after a change. Before the first call the page says that it starts. */
  show(subject: Subject): void
  log(entry: LogEntry): void
  exchange(request: ReceivedRequest, answer: Answer): void
  close(): Promise<void>
}

/**
 * Serves the page on 127.0.0.1. It answers only requests that name it in `Host`, and only those of its own scripts. Throws if the
 * port is in use.
 *
 * @param port 0: any free port
 */
export async function startPage(port: number): Promise<Page> {
  const assets = readAssets()
  const feed = createFeed()
  const exchanges = createExchanges()
  let subject: Subject | null = null
  const server = createServer()
  const url = await listen(server, port)

  const api = async (path: string, query: URLSearchParams, req: IncomingMessage): Promise<Reply> => {
    if (subject === null) return refusal(503, 'The gateways are starting.')
    if (req.method === 'POST') return path === '/api/calls' ? call(subject, await bodyOf(req)) : notFound
    if (path === '/api/overview') return json(overviewOf(subject))
    const gateway = gatewayOf(subject, query.get('gateway') ?? '')
    if (gateway === null) return notFound
    if (path === '/api/contract') return json(gateway.planned.contract)
    if (path === '/api/sample') {
      const user = userOf(subject, query.get('user') ?? '')
      return json(proposedRequest(gateway, query.get('route') ?? '', user))
    }
    return notFound
  }

  const call = async (from: Subject, wanted: unknown): Promise<Reply> => {
    const asked = readAsked(wanted)
    const gateway = asked === null ? null : gatewayOf(from, asked.gateway)
    if (asked === null || gateway === null)
      return refusal(400, 'The request must name a gateway, a method and a target.')
    try {
      const headers = { ...asked.attempt.headers, ...(await credential(gateway, from, asked.caller)) }
      const outcome = await attempt(gateway.running.url, { ...asked.attempt, headers })
      const id = outcome.headers.find(([name]) => name.toLowerCase() === 'x-request-id')?.[1] ?? ''
      return json({ ...outcome, requestId: id, exchanges: exchanges.of(id) })
    } catch (error) {
      return refusal(502, error instanceof Error ? error.message : String(error))
    }
  }

  /** `null`: the log, which goes on. */
  const replyTo = async (req: IncomingMessage): Promise<Reply | null> => {
    if (!namesItself(req.headers, url)) return foreign
    const address = parseUrl(req.url ?? '/', url)
    if (address === null) return refusal(400, 'The address is not valid.')
    const { pathname, searchParams } = address
    const isRead = req.method === 'GET' || req.method === 'HEAD'
    const isApi = pathname.startsWith('/api/')
    if ((isApi || !isRead) && !isFromItself(req.headers)) return foreign
    if (pathname === '/api/log' && isRead) return null
    if (isApi) return api(pathname, searchParams, req)
    // The provider leads back to /callback; the page reads the code from the address.
    const name = pathname === '/' || pathname === '/callback' ? '/index.html' : pathname
    const asset = isRead ? assets.get(name) : undefined
    return asset === undefined ? notFound : { status: 200, ...asset }
  }

  // An exception in a listener would end the process.
  server.on('request', (req, res) => {
    replyTo(req)
      .catch((error: unknown) => refusal(500, String(error)))
      .then((reply) => (reply === null ? stream(res, feed.follow) : send(res, policyOf(subject), reply)))
      .catch(() => res.destroy())
  })
  return {
    url,
    signInStyle: assets.get('/sign-in.css')?.bytes.toString('utf8') ?? '',
    show: (next) => {
      subject = next
      feed.add({ kind: 'changed' })
    },
    log: feed.add,
    exchange: exchanges.add,
    close: () => closed(server),
  }
}

interface Reply {
  readonly status: number
  readonly type: string
  readonly bytes: Buffer
}

function json(value: unknown, status = 200): Reply {
  // Integers of contracts are bigints where a number would lose digits.
  const text = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? Number(member) : member))
  return { status, type: 'application/json', bytes: Buffer.from(text) }
}

function refusal(status: number, error: string): Reply {
  return json({ error }, status)
}

const notFound = refusal(404, 'There is no such page.')
const foreign = refusal(403, 'This page is for this machine, and its requests come from itself.')

/** Scripts, styles and images of this server only; connections to it and to the development identity provider. */
function policyOf(subject: Subject | null): string {
  const issuer = subject?.system.issuer ?? ''
  return (
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ${issuer}; ` +
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
  )
}

function send(res: ServerResponse, policy: string, { status, type, bytes }: Reply): void {
  res.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  res.end(res.req.method === 'HEAD' ? undefined : bytes)
}

function stream(res: ServerResponse, follow: (callback: (news: News) => void) => () => void): void {
  res.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  res.write('retry: 1000\n\n')
  res.on(
    'close',
    follow((news) => res.write(`data: ${JSON.stringify(news)}\n\n`)),
  )
}

/** Bytes of a call that the page sends. */
const longestCall = 2_097_152

async function bodyOf(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > longestCall) return null
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return null
  }
}

interface Asked {
  readonly gateway: string
  readonly caller: { readonly user: string } | { readonly credential: string } | null
  readonly attempt: Attempt
}

function readAsked(value: unknown): Asked | null {
  const { gateway, method, target, headers, body, user, credential } = (value ?? {}) as Readonly<
    Record<string, unknown>
  >
  if (typeof gateway !== 'string' || typeof method !== 'string' || typeof target !== 'string') return null
  if (!target.startsWith('/')) return null
  const fields = Object.entries((headers ?? {}) as object).map(([name, field]) => [name, String(field)] as const)
  const caller = typeof credential === 'string' ? { credential } : typeof user === 'string' ? { user } : null
  return {
    gateway,
    caller,
    attempt: { method, target, headers: Object.fromEntries(fields), body: typeof body === 'string' ? body : null },
  }
}

async function credential(
  { running }: Gateway,
  subject: Subject,
  caller: Asked['caller'],
): Promise<Readonly<Record<string, string>>> {
  if (caller === null) return {}
  if ('credential' in caller) {
    if (running.signIn.kind === 'key') return { [running.signIn.header]: caller.credential }
    return { authorization: `Bearer ${caller.credential}` }
  }
  const user = userOf(subject, caller.user)
  const header = user === null ? '' : await running.credential(user)
  const [name = '', value = ''] = header.split(/: (.*)/s)
  return name === '' ? {} : { [name]: value }
}
