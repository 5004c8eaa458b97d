import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export interface EarlyService {
  readonly url: string
  close(): Promise<void>
}

const program = `
const { createServer } = require('node:net')
const { parentPort, workerData } = require('node:worker_threads')
const server = createServer({ pauseOnConnect: true }, (socket) => {
  socket.on('error', () => undefined)
  let head = ''
  const onData = (chunk) => {
    head += chunk.toString('latin1')
    if (!head.includes('\\r\\n\\r\\n')) return
    socket.off('data', onData)
    socket.pause()
    socket.write(workerData, 'latin1', () => socket.destroy())
  }
  socket.on('data', onData)
  socket.resume()
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
`

/**
 * A service that sends these bytes as soon as a request's head has arrived, reads no further and closes the connection, which resets
 * it. It has a thread of its own: in the gateway's thread it could not close while the gateway writes.
 */
export async function createEarlyService(answer: string): Promise<EarlyService> {
  const worker = new Worker(program, { eval: true, workerData: answer })
  const [port] = await once(worker, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await worker.terminate()
    },
  }
}
