/** A line of a gateway's log about one request: its access line. */
export interface RequestEntry {
  readonly kind: 'request'
  readonly client: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly id: string
  readonly method: string
  /** The path's template; `null`: no route. */
  readonly path: string | null
  readonly route: string | null
  readonly status: number
  /** Milliseconds. */
  readonly duration: number
  readonly principal: string | null
  readonly problem: string | null
  /** Why the request was refused; `null`: it was not, or there is nothing to say. */
  readonly reason: string | null
}

/** Any other line of a gateway's log. */
export interface NoteEntry {
  readonly kind: 'note'
  readonly client: string
  readonly time: number
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly route: string | null
  /** The other members of the line: `status 200, what body, ...`. */
  readonly details: string
}

export type LogEntry = RequestEntry | NoteEntry

/** Reads a line of a gateway's log. A line that is not JSON is a note. */
export function readLogLine(client: string, line: string): LogEntry {
  const fields = parsed(line)
  if (fields === null) {
    return { kind: 'note', client, time: Date.now(), level: 'info', message: line, route: null, details: '' }
  }
  const time = typeof fields['time'] === 'number' ? fields['time'] : Date.now()
  const text = (name: string): string | null => (typeof fields[name] === 'string' ? fields[name] : null)
  // Other lines have a status too, such as that of an answer that does not match its contract.
  if (typeof fields['method'] === 'string' && typeof fields['status'] === 'number') {
    return {
      kind: 'request',
      client,
      time,
      id: text('id') ?? '',
      method: fields['method'],
      path: text('path'),
      route: text('route'),
      status: fields['status'],
      duration: Number(fields['duration'] ?? 0),
      principal: text('principal'),
      problem: text('problem'),
      reason: reasonOf(text('reason') ?? text('why'), text('detail')),
    }
  }
  const { level, time: _, msg, route, client: __, ...others } = fields
  return {
    kind: 'note',
    client,
    time,
    level: levelOf(Number(level)),
    message: text('msg') ?? '',
    route: text('route'),
    details: Object.entries(others).map(detail).join(', '),
  }
}

/** `missing-scope: orders:write`. */
function reasonOf(reason: string | null, of: string | null): string | null {
  return reason === null || of === null ? reason : `${reason}: ${of}`
}

function detail([name, value]: readonly [string, unknown]): string {
  return `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`
}

/** The names of pino's levels. */
function levelOf(level: number): NoteEntry['level'] {
  if (level >= 50) return 'error'
  if (level >= 40) return 'warn'
  return level >= 30 ? 'info' : 'debug'
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}
