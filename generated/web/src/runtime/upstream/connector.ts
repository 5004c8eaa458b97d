import type { Socket } from 'node:net'
import buildConnector from 'undici/lib/core/connect.js'

/** Milliseconds until a connection is given up whose write side is lost and on which nothing arrives. */
const patience = 1_000

/**
 * Makes the connector of a service's address. A service may answer an upload before its end and close the connection (rule F28).
 * The next write then fails, and Node.js would destroy the socket with the answer still unread in it. Here a failed write only ends
 * the writing: the call ends with what can still be read, an answer or the end of the connection.
 */
export function createConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options)
  return (target, callback) => {
    connect(target, (...outcome) => {
      if (outcome[0] === null) readOn(outcome[1])
      callback(...outcome)
    })
  }
}

type Done = (error?: Error | null) => void

function readOn(socket: Socket): void {
  const { _write, _writev } = socket
  const guard =
    (done: Done): Done =>
    (error) => {
      if (error == null || socket.destroyed) done(error)
      else awaitEnd(socket, () => done(error))
    }
  socket._write = (chunk, encoding, done) => {
    _write.call(socket, chunk, encoding, guard(done))
  }
  if (_writev === undefined) return
  socket._writev = (chunks, done) => {
    _writev.call(socket, chunks, guard(done))
  }
}

/** Until `fail` is called the socket takes no further writes. */
function awaitEnd(socket: Socket, fail: () => void): void {
  const timer = setTimeout(() => {
    const { bytesRead } = socket
    // What arrived while the event loop was blocked is read before the immediate.
    setImmediate(() => {
      if (socket.destroyed) return
      // An answer that waits for its reader is not lost.
      if (socket.bytesRead > bytesRead || socket.readableLength > 0) timer.refresh()
      else fail()
    })
  }, patience)
  // Listeners that read the rest come first.
  socket.once('end', () => setImmediate(fail))
  socket.once('close', () => clearTimeout(timer))
}
