import { essenceOf } from './mediaTypes.ts'

/** How a stream without an end is divided: event streams into events, JSON lines and JSON sequences into lines. */
export type StreamKind = 'events' | 'lines'

/** The names in use: `application/jsonl`, `application/x-ndjson`, `text/json-lines`, `application/geo+json-seq` (RFC 8142) and so on. */
const lines = /[/+](?:x-)?(?:jsonl|json-?lines|ndjson|ldjson|json-seq|json-stream|stream\+json)$/

/** `null`: a body that is complete as a whole only. `type` is a `Content-Type`. */
export function streamKindOf(type: string | undefined): StreamKind | null {
  if (type === undefined) return null
  const essence = essenceOf(type)
  if (essence === 'text/event-stream') return 'events'
  return lines.test(essence) ? 'lines' : null
}
