import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Step } from '../exchange/exchange.ts'
import { type AddressSet, clientAddress } from '../words/addresses.ts'

const rememberedPeers = 1_024
const requestId = /^[A-Za-z0-9_-]{8,64}$/

/**
 * Sets the client's address and the request id. Only a trusted proxy may set the id (rule O4) or another address (rule H1).
 * `unknownProxy` is called once, for the first request with fields of a proxy; `null`: some proxies are trusted.
 */
export function createIdentify(trusted: AddressSet, unknownProxy: (() => void) | null): Step {
  let notice = unknownProxy
  const known = new Map<string, string>()
  /** The client's address if the peer sends no `X-Forwarded-For`. */
  const own = (peer: string): string => {
    const found = known.get(peer)
    if (found !== undefined) return found
    const address = clientAddress(peer, undefined, trusted)
    if (known.size >= rememberedPeers) known.clear()
    known.set(peer, address)
    return address
  }

  return (exchange) => {
    const { req } = exchange
    const peer = req.socket.remoteAddress ?? ''
    const forwarded = first(req.headers['x-forwarded-for'])
    exchange.address = forwarded === undefined ? own(peer) : clientAddress(peer, forwarded, trusted)
    if (notice !== null && isForwarded(req.headers)) {
      notice()
      notice = null
    }
    const given = first(req.headers['x-request-id'])
    exchange.requestId = given !== undefined && requestId.test(given) && trusted.has(peer) ? given : randomUUID()
    return undefined
  }
}

/** Whether a request has fields that proxies add. */
function isForwarded(headers: IncomingHttpHeaders): boolean {
  for (const name of forwardedFields) if (headers[name] !== undefined) return true
  return false
}

const forwardedFields = ['x-forwarded-for', 'forwarded', 'x-forwarded-proto', 'x-forwarded-host', 'x-real-ip'] as const

/** Node.js joins repeated lines of these fields into one text. */
function first(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}
