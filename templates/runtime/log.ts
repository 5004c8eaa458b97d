import { destination, pino, stdTimeFunctions } from 'pino'

/** What the gateway logs to; a pino logger is one. */
export interface Log {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
  fatal(fields: object, message?: string): void
}

export type LineLevel = 'debug' | 'info' | 'warn' | 'error'

/** Logs a line whose members are JSON text already, without braces. They are asked for only where the level is logged. */
export type LogLine = (level: LineLevel, members: () => string) => void

export interface ProcessLog {
  readonly log: Log
  /** The same log for the lines that come with every request, at a fraction of the price. */
  readonly line: LogLine
  /** Writes what is still in memory before it returns, and gives up what the log occupies. */
  close(): void
}

export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** Milliseconds and characters that may wait in memory. */
const wait = { time: 250, size: 65_536 } as const

const values = pino.levels.values
const errorValue = values['error'] ?? 50

/**
 * Makes the log of a gateway's own process: JSON lines on standard output. They are collected before they are given away,
 * because giving away each would cost more than making it. Errors do not wait, and take along what came before them; nor does
 * the end of the process.
 */
export function createProcessLog(level: string): ProcessLog {
  const out = destination({ dest: 1, sync: false })
  let pending = ''
  const give = (): void => {
    if (pending === '') return
    out.write(pending)
    pending = ''
  }
  const flush = (): void => {
    give()
    out.flushSync()
  }
  const write = (line: string, value: number): void => {
    pending += line
    if (value >= errorValue || pending.length > wait.size) give()
  }
  const timer = setInterval(give, wait.time)
  timer.unref()
  process.once('exit', flush)

  const stream = {
    /** Has pino set the level of each line before it is written. */
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string): void {
      write(line, stream.lastLevel)
    },
  }
  const log = pino({ level, base: null, timestamp: stdTimeFunctions.epochTime }, stream)
  return {
    log,
    line(name, members) {
      const value = values[name] ?? 0
      if (value >= log.levelVal) write(`{"level":${value},"time":${Date.now()},${members()}}\n`, value)
    },
    close() {
      clearInterval(timer)
      process.off('exit', flush)
      flush()
    },
  }
}

/** What `line` is for a log that is not the process's own. */
export function lineOf(log: Log): LogLine {
  return (level, members) => log[level](JSON.parse(`{${members()}}`))
}
