import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** The part of a connection's parser that knows the bytes of the chunk that is being parsed. */
interface ParsedConnection extends Socket {
  readonly parser?: { getCurrentBuffer?(): Buffer } | null
}

const known = new WeakSet<Socket>()
const lineBreak = /^[\r\n]+/

/**
 * Whether a request names a protocol other than HTTP in its first line, such as `GET / RTSP/1.0`. The parser of Node.js accepts RTSP
 * and ICE, and hands on the numbers of the version only. The bytes are copied for it, so it is asked for the first request of a
 * connection and for requests of HTTP/1.0, which RTSP/1.0 is taken for. A line that came in an earlier chunk is not known any more.
 * `maxTarget`: bytes of the longest target that is not refused.
 */
export function isOtherProtocol(req: IncomingMessage & { readonly originalUrl?: string }, maxTarget: number): boolean {
  const { socket, method = '', httpVersionMinor } = req
  const isFirst = !known.has(socket)
  if (!isFirst && httpVersionMinor !== 0) return false
  known.add(socket)
  // Express removes from `url` the path at which another app has mounted the gateway.
  const url = req.originalUrl ?? req.url ?? ''
  const bytes = (socket as ParsedConnection).parser?.getCurrentBuffer?.()
  if (bytes === undefined) return false
  // Longer targets are refused.
  const text = bytes.toString('latin1', 0, isFirst ? 2 * maxTarget : undefined)
  if (isFirst) return namesOther(text, lineBreak.exec(text)?.[0].length ?? 0, method, url)
  // Earlier requests may be in the same chunk, also such with the same method and target. A space precedes the values of fields.
  for (let at = text.indexOf(method); at >= 0; at = text.indexOf(method, at + 1)) {
    if (text[at - 1] !== ' ' && namesOther(text, at, method, url)) return true
  }
  return false
}

/**
 * Whether a line with this method and target starts at `at` and goes on with another protocol. The parser accepts several spaces
 * after the method.
 */
function namesOther(text: string, at: number, method: string, url: string): boolean {
  if (!text.startsWith(`${method} `, at)) return false
  let target = at + method.length
  while (text[target] === ' ') target++
  return text.startsWith(`${url} `, target) && !text.startsWith('HTTP/', target + url.length + 1)
}
