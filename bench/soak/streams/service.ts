import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { event, lastEvent, report } from './parts.ts'

// A service with `/ping` and `/events`: each stream gets an event a second. `spread`: the events of a second are evenly spread over it;
// else all streams get theirs at the same time. A message ends all streams after a last event.

const spread = process.argv[2] === 'spread'
const second = 1_000

interface Stream {
  readonly res: ServerResponse
  count: number
}
const streams: Stream[] = []

const server = createServer((req, res) => {
  if (req.url === '/events') {
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.flushHeaders()
    streams.push({ res, count: 0 })
  } else {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 })
    res.end('{}')
  }
})

/** Events that are due since the start, over all streams; and those that were sent. */
let due = 0
let sent = 0
let last = performance.now()
const timer = setInterval(
  () => {
    const now = performance.now()
    due += spread ? ((now - last) * streams.length) / second : streams.length
    last = now
    for (; sent < due && streams.length > 0; sent++) {
      const stream = streams[sent % streams.length]
      if (stream === undefined) continue
      stream.count++
      stream.res.write(event(stream.count))
    }
  },
  spread ? 2 : second,
)

process.once('message', () => {
  clearInterval(timer)
  for (const { res, count } of streams) res.end(lastEvent(count))
})
server.keepAliveTimeout = 60_000
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  report({ port: (server.address() as AddressInfo).port })
})
