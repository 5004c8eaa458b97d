import { STATUS_CODES } from 'node:http'
import { isIPv4 } from 'node:net'
import { createAddressSet, networkOf } from '../../templates/runtime/words/addresses.ts'
import { parseUrl } from '../../templates/runtime/words/urls.ts'
import { isLoopback } from '../../templates/runtime/words/webAddresses.ts'
import type { Code } from '../support/index.ts'

/** Why there is no text. */
export interface Failure {
  readonly code: Code
  /** Completes a sentence that begins with the URL. */
  readonly reason: string
  readonly remedy: string | null
  /** Whether the server says that there is no such file. */
  readonly isMissing: boolean
}

export function failure(code: Code, reason: string, remedy: string | null = null, isMissing = false): Failure {
  return { code, reason, remedy, isMissing }
}

export function statusFailure(status: number, { origin }: URL, headers: readonly string[]): Failure {
  const reason = `was answered with ${status}${STATUS_CODES[status] === undefined ? '' : ` ${STATUS_CODES[status]}`}`
  const credential =
    headers.length === 0
      ? "Pass the credential as a header, with its value in the environment:\n    --header 'Authorization: Bearer ${SPEC_TOKEN}'"
      : `Check the value that is sent as ${headers.join(', ')}, and that it may read this document.`
  if ([401, 403, 407].includes(status)) return failure('GW1402', reason, credential)
  const isMissing = status === 404 || status === 410
  const remedy = isMissing
    ? `Check the URL. Code hosts answer in this way, too, if a repository is private and no credential was sent. ${credential}`
    : status >= 500 || status === 429
      ? `Try again later: ${origin} has a problem of its own.`
      : null
  return failure('GW1401', reason, remedy, isMissing)
}

/** Addresses of private networks, of those of a provider, and of single machines (RFC 1918, 3879, 3927, 4193, 4291, 6598, 6890, 8215). */
const privateRanges = createAddressSet([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '::/127',
  '64:ff9b:1::/48',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
])

export type Redirection =
  | { readonly kind: 'url'; readonly url: URL }
  | { readonly kind: 'failure'; readonly failure: Failure }

/**
 * Where a redirect leads. The user chose the first address: from a public one no redirect is followed to a private address, and from an
 * encrypted one none to an unencrypted one. Names are judged when they are resolved: see `lookups.ts`.
 */
export function redirected(location: string, from: URL, isPublic: boolean, isLast: boolean): Redirection {
  const refused = (reason: string, remedy: string | null = null): Redirection => ({
    kind: 'failure',
    failure: failure('GW1401', reason, remedy),
  })
  if (isLast) return refused('redirects too many times')
  const url = parseUrl(location, from.href)
  if (url === null || !/^https?:$/.test(url.protocol))
    return refused('redirects to something else than an HTTP address')
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    return refused(`redirects to the unencrypted address ${url.origin}`, 'Name that URL itself, if it can be trusted.')
  }
  if (isPublic && isPrivate(url)) return { kind: 'failure', failure: privateTarget(url.origin) }
  return { kind: 'url', url }
}

/** Of a redirect from a public address. */
function privateTarget(target: string): Failure {
  const remedy = 'Name that URL itself, if it is the right one.'
  return failure('GW1401', `redirects to the private address ${target}`, remedy)
}

/** Whether a URL names this machine or an address of a private network. A name of another host is not resolved. */
export function isPrivate({ hostname }: URL): boolean {
  return isLoopback(hostname) || isPrivateAddress(hostname.replace(/^\[|\]$/g, ''))
}

/** An IPv6 address that stands for an IPv4 address (RFC 6052) is private as that. */
export function isPrivateAddress(address: string): boolean {
  const network = networkOf(address)
  return privateRanges.has(isIPv4(network) ? network : address)
}

/** A name of a redirect resolves to a private address. */
export class PrivateNameError extends Error {
  readonly host: string

  constructor(host: string) {
    super(`${host} is private`)
    this.host = host
  }
}

/** Why no answer came, from the error of the HTTP client. */
export function connectionFailure(error: unknown, milliseconds: number): Failure {
  if (error instanceof PrivateNameError) return privateTarget(`of ${error.host}`)
  const { name, code = '' } = error as { readonly name?: string; readonly code?: string }
  const because = (reason: string, remedy: string | null = null): Failure => failure('GW1401', reason, remedy)
  if (name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code)) {
    return because(`was not answered within ${milliseconds / 1000} s`)
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return because('cannot be reached: its host is not known')
  if (code === 'ECONNREFUSED') return because('cannot be reached: the connection is refused')
  if (/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS)/.test(code)) {
    return because(
      `cannot be reached securely (${code})`,
      'If its certificate is issued by your own authority, name that in the environment:\n    NODE_EXTRA_CA_CERTS=ca.pem gatewright spec ...',
    )
  }
  if (/^Z_|ERR_.*(?:ZLIB|BROTLI)|^ERR__ERROR/.test(code)) return because('cannot be decompressed')
  if (/^(?:UND_ERR_SOCKET|ECONNRESET|EPIPE)$/.test(code))
    return because('was not answered in full: the connection was closed')
  return because(`cannot be downloaded${code === '' ? '' : ` (${code})`}`)
}

/** Why a text is not a document, judged without parsing it; `null`: it may be one. `url`: after redirects. */
export function otherThanDocument(text: string, contentType: string, url: URL): Failure | null {
  const start = text.slice(0, 1_000).trimStart()
  if (start === '') return failure('GW1403', 'was answered with an empty text')
  const isPage =
    /^(?:<!doctype html|<html|<head|<body)/i.test(start) ||
    /^<(?!\?xml)/.test(start) ||
    (/text\/html/i.test(contentType) && start.startsWith('<'))
  if (isPage) {
    return failure('GW1403', `is a web page${titleOf(text)}, not a document`, betterUrl(text, url))
  }
  if (start.startsWith('<?xml')) return failure('GW1403', 'is an XML document')
  return null
}

function titleOf(page: string): string {
  const title = /<title[^>]*>([^<]{1,100})/i.exec(page)?.[1]?.replace(/\s+/g, ' ').trim() ?? ''
  return title === '' ? '' : ` (“${title}”)`
}

/** The URL of the text that a page shows: of code hosts by their rules, of Swagger UI and Redoc as the page names it. */
function betterUrl(page: string, url: URL): string | null {
  const { hostname, pathname, origin } = url
  const github = /^\/([^/]+\/[^/]+)\/blob\/(.+)$/.exec(pathname)
  if (hostname === 'github.com' && github !== null) {
    return `Name the text itself:\n    https://raw.githubusercontent.com/${github[1]}/${github[2]}`
  }
  const raw = pathname
    .replace('/-/blob/', '/-/raw/')
    .replace(/^(\/[^/]+\/[^/]+)\/src\/(?=branch\/|commit\/|[0-9a-f]{7,40}\/|main\/|master\/)/, '$1/raw/')
  if (raw !== pathname) return `Name the text itself:\n    ${origin}${raw}`
  const named =
    /\bspec-?url\s*=\s*["']([^"'<>\s]{1,500})["']/i.exec(page)?.[1] ??
    /["']?\b(?:spec)?url["']?\s*:\s*["']([^"'<>\s]{1,500})["']/i.exec(page)?.[1]
  const shown = named === undefined ? null : parseUrl(named, url.href)
  if (shown === null || !/^https?:$/.test(shown.protocol)) return null
  return `The page shows this document:\n    ${shown.href}`
}
