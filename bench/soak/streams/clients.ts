import { connect } from 'node:net'
import { report } from './parts.ts'

// Opens event streams, and counts their events until each has had its last one.

const [, , port = '', streams = ''] = process.argv
/** Connections that are being opened at the same time. */
const together = 50

let events = 0
let lost = 0
let open = 0

/** `opened` is called when the stream is open. Resolves at its end. */
function openStream(opened: () => void): Promise<void> {
  return new Promise((resolve) => {
    let count = 0
    let complete = false
    let rest = ''
    const socket = connect({ port: Number(port), host: '127.0.0.1' }, () => {
      socket.write('GET /events HTTP/1.1\r\nhost: gateway\r\n\r\n')
    })
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      opened()
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('id: ')) {
          events++
          count++
          const at = Number(line.slice(4))
          if (at !== count) lost += Math.max(Math.abs(at - count), 1)
          count = at
        } else if (/^data: \d+$/.test(line)) {
          complete = Number(line.slice(6)) === count
          socket.end()
        }
      }
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (!complete) lost++
      opened()
      resolve()
    })
  })
}

const total = Number(streams)
const ends: Promise<void>[] = []
const next = async (): Promise<void> => {
  while (open < total) {
    open++
    await new Promise<void>((opened) => ends.push(openStream(opened)))
  }
}
await Promise.all(Array.from({ length: together }, next))
report({ port: Number(port) })
await Promise.all(ends)
report({ events, lost })
