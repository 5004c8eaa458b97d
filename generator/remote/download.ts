import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici'
import { parseUrl } from '../../templates/runtime/words/urls.ts'
import {
  connectionFailure,
  type Failure,
  failure,
  isPrivate,
  otherThanDocument,
  redirected,
  statusFailure,
} from './failures.ts'
import type { DownloadLimits } from './limits.ts'
import { type ConnectionLookUp, createLookups, type LookUp } from './lookups.ts'

export type Download =
  /** `url`: after redirects. */
  | { readonly kind: 'text'; readonly url: string; readonly text: string; readonly etag: string | null }
  /** The server says that the text is that of `etag`. */
  | { readonly kind: 'unchanged'; readonly url: string }
  | { readonly kind: 'failed'; readonly failure: Failure }

export interface Wanted {
  readonly url: string
  /** Sent to the origin of `url` only, not to those of redirects. */
  readonly headers: Readonly<Record<string, string>>
  /** Of the known text, for a conditional request (RFC 9110 section 13.1.2). */
  readonly etag: string | null
}

export interface Downloader {
  /** One GET request, with its redirects. Does not throw. */
  get(wanted: Wanted): Promise<Download>
  close(): void
}

type Env = Readonly<Record<string, string | undefined>>

/** Downloads texts within limits (rule G5). Proxies are those of the environment, and resolve the names of what they fetch. */
export function createDownloader(env: Env, limits: DownloadLimits, lookUp?: LookUp): Downloader {
  const timeout = limits.fileTime
  const variable = (name: string): string => env[name.toLowerCase()] || env[name] || ''
  const httpProxy = proxyUrl(variable('HTTP_PROXY'))
  const httpsProxy = proxyUrl(variable('HTTPS_PROXY'))
  const noProxy = variable('NO_PROXY')
  const lookups = createLookups(lookUp)
  const dispatcherWith = (lookup: ConnectionLookUp): Dispatcher => {
    const options = { connect: { timeout, lookup }, headersTimeout: timeout, bodyTimeout: timeout }
    return httpProxy === '' && httpsProxy === ''
      ? new Agent(options)
      : new EnvHttpProxyAgent({ ...options, httpProxy, httpsProxy, noProxy, proxyTunnel: false })
  }
  const chosen = dispatcherWith(lookups.chosen)
  const guarded = dispatcherWith(lookups.redirected)

  async function attempt(wanted: Wanted, signal: AbortSignal): Promise<Download> {
    const start = new URL(wanted.url)
    const isPublic = (): boolean => !isPrivate(start) && !lookups.isPrivateName(start.hostname)
    let url = start
    for (let redirects = 0; ; redirects++) {
      const answer = await request(url, {
        dispatcher: redirects > 0 && isPublic() ? guarded : chosen,
        signal,
        method: 'GET',
        headers: {
          accept: 'application/yaml, application/json, text/yaml, text/plain, */*;q=0.5',
          'accept-encoding': 'gzip, deflate, br',
          'user-agent': 'gatewright',
          ...(wanted.etag === null ? {} : { 'if-none-match': wanted.etag }),
          ...(url.origin === start.origin ? wanted.headers : {}),
        },
      })
      const { statusCode: status } = answer
      if (status === 200) return await textOf(answer, url, limits.fileBytes)
      await answer.body.dump({ limit: 100_000 }).catch(() => undefined)
      if (status === 304 && wanted.etag !== null) return { kind: 'unchanged', url: url.href }
      const location = single(answer.headers['location'])
      if (![301, 302, 303, 307, 308].includes(status) || location === null) {
        return failed(statusFailure(status, url, Object.keys(wanted.headers)))
      }
      const step = redirected(location, url, isPublic(), redirects >= limits.redirects)
      if (step.kind === 'failure') return failed(step.failure)
      url = step.url
    }
  }

  return {
    async get(wanted) {
      try {
        const signal = AbortSignal.timeout(limits.fileTime)
        return await Promise.race([attempt(wanted, signal), aborted(signal)])
      } catch (error) {
        return failed(connectionFailure(error, limits.fileTime))
      }
    },
    close() {
      for (const dispatcher of [chosen, guarded]) dispatcher.destroy().catch(() => undefined)
    },
  }
}

/** The address of a proxy, which may be written without `http://`. Empty: there is none. */
function proxyUrl(text: string): string {
  const url = /^https?:\/\//i.test(text) ? parseUrl(text) : parseUrl(`http://${text}`)
  return text === '' || url === null ? '' : url.href
}

/** Rejects with the signal. A connection by a proxy that does not answer would not end with it. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function failed(reason: Failure): Download {
  return { kind: 'failed', failure: reason }
}

async function textOf({ headers, body }: Dispatcher.ResponseData, url: URL, most: number): Promise<Download> {
  const coding = single(headers['content-encoding'])?.toLowerCase() ?? 'identity'
  const decoder = coding === 'identity' ? null : (decoders[coding]?.() ?? null)
  if (coding !== 'identity' && decoder === null) {
    return failed(failure('GW1401', `is encoded in \`${coding}\`, which was not asked for`))
  }
  const bytes = await bytesOf(
    decoder === null ? body : body.on('error', (error) => decoder.destroy(error)).pipe(decoder),
    most,
  )
  if (bytes === null) {
    return failed(failure('GW1404', `has more than the ${most / 1_000_000} MB that are read`))
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return failed(failure('GW1403', 'is not text in UTF-8'))
  }
  const other = otherThanDocument(text, single(headers['content-type']) ?? '', url)
  return other === null ? { kind: 'text', url: url.href, text, etag: single(headers['etag']) } : failed(other)
}

const decoders: Readonly<Record<string, () => NodeJS.ReadWriteStream & { destroy(error?: Error): unknown }>> = {
  br: createBrotliDecompress,
  deflate: createInflate,
  gzip: createGunzip,
  'x-gzip': createGunzip,
}

/** All bytes of a stream; `null`: there are more than `most`. Leaving the loop destroys the stream. */
async function bytesOf(stream: NodeJS.ReadableStream, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function single(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}
