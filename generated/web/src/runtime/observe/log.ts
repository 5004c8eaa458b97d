import { destination, pino, stdTimeFunctions } from 'pino'

/** The logger of a gateway. A pino logger has this type. */
export interface Log {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
  fatal(fields: object, message?: string): void
}

export type LineLevel = 'debug' | 'info' | 'warn' | 'error'

/**
 * Logs a line from members that are JSON text already, in ASCII and without braces. `members` is called only if the level is
 * logged.
 */
export type LogLine = (level: LineLevel, members: () => string) => void

export interface ProcessLog {
  readonly log: Log
  /** The same log for lines written for every request, at a fraction of the cost. */
  readonly line: LogLine
  /** Writes what is still in memory before it returns, and removes the timer and the exit handler. Later lines are written at once. */
  close(): void
}

/** Limits of lines buffered in memory: `time` in milliseconds, `size` in bytes. */
const wait = { time: 250, size: 65_536 } as const

const values = pino.levels.values
const errorValue = values['error'] ?? 50

/** Destination of the bytes. A written buffer must not be changed afterwards. */
interface Output {
  write(bytes: string | Buffer): boolean
  flushSync(): void
}

/**
 * Makes the log of a gateway's process: JSON lines on standard output. Lines are buffered, because writing each one separately
 * would cost more than formatting it. A line of level error or above is written at once, with the lines before it. The exit of
 * the process writes the rest.
 */
export function createProcessLog(level: string): ProcessLog {
  const out: Output = destination({ dest: 1, sync: false, contentMode: 'buffer' })
  let pending = Buffer.allocUnsafe(wait.size)
  let used = 0
  let isClosed = false
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
    if (isClosed) flush()
    else if (value >= errorValue) give()
  }
  const timer = setInterval(give, wait.time)
  timer.unref()
  process.once('exit', flush)

  const stream = {
    /** Makes pino set `lastLevel` before each line. */
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
      isClosed = true
      clearInterval(timer)
      process.off('exit', flush)
      flush()
    },
  }
}

/** The `line` function for a log that `createProcessLog` did not make. */
export function lineOf(log: Log): LogLine {
  return (level, members) => log[level](JSON.parse(`{${members()}}`))
}
