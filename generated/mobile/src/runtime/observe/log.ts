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

/** Logs a line whose members are JSON text already, ASCII and without braces. They are asked for only where the level is logged. */
export type LogLine = (level: LineLevel, members: () => string) => void

export interface ProcessLog {
  readonly log: Log
  /** The same log for the lines that come with every request, at a fraction of the price. */
  readonly line: LogLine
  /** Writes what is still in memory before it returns, and gives up what the log occupies. */
  close(): void
}

/** Milliseconds and bytes that may wait in memory. */
const wait = { time: 250, size: 65_536 } as const

const values = pino.levels.values
const errorValue = values['error'] ?? 50

/** What takes the bytes; those it was given are its own. */
interface Output {
  write(bytes: string | Buffer): boolean
  flushSync(): void
}

/**
 * Makes the log of a gateway's own process: JSON lines on standard output. They are collected before they are given away,
 * because giving away each would cost more than making it. Errors do not wait, and take along what came before them; nor does
 * the end of the process.
 */
export function createProcessLog(level: string): ProcessLog {
  const out: Output = destination({ dest: 1, sync: false, contentMode: 'buffer' })
  let pending = Buffer.allocUnsafe(wait.size)
  let used = 0
  const give = (): void => {
    if (used === 0) return
    out.write(pending.subarray(0, used))
    pending = Buffer.allocUnsafe(wait.size)
    used = 0
  }
  const flush = (): void => {
    give()
    out.flushSync()
  }
  const write = (line: string, value: number, encoding: 'latin1' | 'utf8'): void => {
    // At most three bytes for each UTF-16 unit.
    const most = encoding === 'latin1' ? line.length : line.length * 3
    if (most > wait.size - used) give()
    if (most > wait.size) out.write(Buffer.from(line, encoding))
    else used += pending.write(line, used, encoding)
    if (value >= errorValue) give()
  }
  const timer = setInterval(give, wait.time)
  timer.unref()
  process.once('exit', flush)

  const stream = {
    /** Has pino set the level of each line before it is written. */
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string): void {
      write(line, stream.lastLevel, 'utf8')
    },
  }
  const log = pino({ level, base: null, timestamp: stdTimeFunctions.epochTime }, stream)
  return {
    log,
    line(name, members) {
      const value = values[name] ?? 0
      if (value < log.levelVal) return
      write(`{"level":${value},"time":${Date.now()},${members()}}\n`, value, 'latin1')
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
