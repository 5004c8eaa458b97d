import type { Exchange } from '../exchange/exchange.ts'
import type { LineLevel, LogLine } from './log.ts'

/**
 * Makes what logs one line for each exchange. It holds the path's template and never its values, no query, no header and no token
 * (rule O4); what comes from outside is limited to a checked method, address and request id, and the caller's subject,
 * each written as a JSON string. `status` 499: the client went away. What the gateway answered about itself (health, preflights) is
 * `debug`.
 */
export function createAccessLog(line: LogLine, client: string): (exchange: Exchange, status: number) => void {
  const start = `"client":${JSON.stringify(client)},"id":`
  return (exchange, status) => {
    line(levelOf(exchange, status), () => start + members(exchange, status))
  }
}

function levelOf({ match, problem }: Exchange, status: number): LineLevel {
  if (status === 500) return 'error'
  if (status > 500) return 'warn'
  return match === null && problem === null ? 'debug' : 'info'
}

function members(exchange: Exchange, status: number): string {
  const { match, principal, serviceTime } = exchange
  const duration = tenths(performance.now() - exchange.started)
  const times = `"duration":${duration},"serviceTime":${serviceTime === null ? null : tenths(serviceTime)}`
  const place = `"path":${text(match?.route.path)},"route":${text(match?.route.id)}`
  const who = `"principal":${text(principal?.subject)},"address":${text(exchange.address)}`
  const what = `${text(exchange.requestId)},"method":${text(exchange.req.method)},${place}`
  return `${what},"status":${status},${times},"bytes":${exchange.bytes},${who},"problem":${text(exchange.problem)}`
}

const harmless = /^[\w .:@|/{}-]*$/

/** A JSON string in ASCII; nothing that is in it can end it. */
function text(value: string | null | undefined): string {
  if (value === null || value === undefined) return 'null'
  return harmless.test(value) ? `"${value}"` : JSON.stringify(value).replace(beyondAscii, escaped)
}

const beyondAscii = /[^ -~]/g

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

const tenths = (ms: number) => Math.round(ms * 10) / 10
