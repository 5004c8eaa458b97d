import { destination, pino, stdTimeFunctions } from 'pino'
import type { Exchange } from './exchange.ts'

/** What the gateway logs to; a pino logger is one. */
export interface Log {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
  fatal(fields: object, message?: string): void
}

export interface ProcessLog {
  readonly log: Log
  /** Writes what is still in memory, before it returns. */
  flush(): void
}

export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Milliseconds and characters that may wait in memory. */
const wait = { time: 250, size: 65_536 } as const

/**
 * Makes the log of a gateway's own process: JSON lines on standard output. They are collected before they are given away,
 * because giving away each would cost twice as much as making it.
 */
export function createProcessLog(level: string): ProcessLog {
  const out = destination({ dest: 1, sync: false })
  let pending = ''
  const give = (): void => {
    if (pending === '') return
    out.write(pending)
    pending = ''
  }
  const timer = setInterval(give, wait.time)
  timer.unref()
  const lines = {
    write(line: string): void {
      pending += line
      if (pending.length > wait.size) give()
    },
  }
  return {
    log: pino({ level, base: null, timestamp: stdTimeFunctions.epochTime }, lines),
    flush() {
      give()
      out.flushSync()
    },
  }
}

/**
 * One line for each exchange. Holds the path's template and never its values, no query, no header and no token (SECURITY.md
 * O4); what comes from outside is limited to a checked method, address and request id, and the caller's subject. `status` 499:
 * the client went away. What the gateway answered about itself (health, preflights) is `debug`.
 */
export function logExchange(log: Log, client: string, exchange: Exchange, status: number): void {
  const { match, principal, req, serviceTime } = exchange
  const line = {
    client,
    id: exchange.requestId,
    method: req.method,
    path: match === null ? null : match.route.path,
    route: match === null ? null : match.route.id,
    status,
    duration: tenths(performance.now() - exchange.started),
    serviceTime: serviceTime === null ? null : tenths(serviceTime),
    bytes: exchange.bytes,
    principal: principal === null ? null : principal.subject,
    address: exchange.address,
    problem: exchange.problem,
  }
  if (status === 500) log.error(line)
  else if (status > 500) log.warn(line)
  else if (match === null && exchange.problem === null) log.debug(line)
  else log.info(line)
}

const tenths = (ms: number) => Math.round(ms * 10) / 10
