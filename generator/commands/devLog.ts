import type { LogEntry, NoteEntry, RequestEntry } from '../dev/logEntry.ts'
import { visible } from '../support/index.ts'
import type { Terminal } from './terminal.ts'

/** A line of a gateway's log, for people. */
export function logText(entry: LogEntry, terminal: Terminal): string {
  return entry.kind === 'request' ? requestText(entry, terminal) : noteText(entry, terminal)
}

function requestText(entry: RequestEntry, { paint }: Terminal): string {
  const { client, status, method, path, duration, principal, reason } = entry
  const colour = status < 400 ? paint.green : status < 500 ? paint.yellow : paint.red
  const what = visible(`${method} ${path ?? '(no route)'}`)
  const details = visible(`${duration} ms, ${principal ?? 'nobody'}`)
  const why = reason === null ? '' : `  ${visible(reason)}`
  return `${paint.dim(client)}  ${colour(String(status))} ${what} ${paint.dim(details)}${why}`
}

function noteText({ client, level, message, route, details }: NoteEntry, { paint }: Terminal): string {
  const colour = level === 'error' ? paint.red : level === 'warn' ? paint.yellow : paint.dim
  const where = [...(route === null ? [] : [route]), ...(details === '' ? [] : [details])].join(', ')
  return `${paint.dim(client)}  ${colour(visible(message))}${where === '' ? '' : paint.dim(visible(`  ${where}`))}`
}
