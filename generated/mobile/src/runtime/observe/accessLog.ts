import type { LineLevel, LogLine } from './log.ts'
import type { EndedRequest } from './observer.ts'

/**
 * Makes the function that logs one line for each request. A line has the path's template without its values, and no query, header
 * or token (rule O4). Text from outside is limited to the checked method, address and request id, the caller's subject, and what `detail`
 * has of a credential that was refused (its key id, algorithm and type, by `words/cleaned.ts`), each written as a JSON string. `status` 499: the client closed the connection. The gateway's own answers (health, preflights) have
 * the level `debug`.
 */
export function createAccessLog(line: LogLine, client: string): (request: EndedRequest, status: number) => void {
  const start = `"client":${JSON.stringify(client)},"id":`
  return (request, status) => {
    line(levelOf(request, status), () => start + members(request, status))
  }
}

function levelOf({ match, problem }: EndedRequest, status: number): LineLevel {
  if (status === 500) return 'error'
  if (status > 500) return 'warn'
  return match === null && problem === null ? 'debug' : 'info'
}

function members(request: EndedRequest, status: number): string {
  const { match, principal, serviceTime } = request
  const duration = tenths(performance.now() - request.started)
  const times = `"duration":${duration},"serviceTime":${serviceTime === null ? null : tenths(serviceTime)}`
  const place = `"path":${text(match?.route.path)},"route":${text(match?.route.id)}`
  const who = `"principal":${text(principal?.subject)},"address":${text(request.address)}`
  const what = `${text(request.requestId)},"method":${text(request.req.method)},${place}`
  const cut = request.cut === null ? '' : `,"cut":"${request.cut}"`
  const why = request.reason === null ? '' : reasonOf(request.reason, request.detail)
  return `${what},"status":${status},${times},"bytes":${request.bytes},${who},"problem":${text(request.problem)}${why}${cut}`
}

/** Characters. A detail may be a long list of scopes, or a long condition. */
const longestDetail = 200

function reasonOf(reason: string, detail: string | null): string {
  return detail === null
    ? `,"reason":"${reason}"`
    : `,"reason":"${reason}","detail":${text(detail.slice(0, longestDetail))}`
}

const harmless = /^[\w .:@|/{}-]*$/

/** A JSON string in ASCII. The value is escaped, so it cannot end the string. */
function text(value: string | null | undefined): string {
  if (value === null || value === undefined) return 'null'
  return harmless.test(value) ? `"${value}"` : JSON.stringify(value).replace(beyondAscii, escaped)
}

const beyondAscii = /[^ -~]/g

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

const tenths = (ms: number) => Math.round(ms * 10) / 10
