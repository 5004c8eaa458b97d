import { createServer } from 'node:http'
import { Pool } from 'undici'

// A minimal proxy in Node.js: no routes, no checks, no log.

const pool = new Pool(process.env.UPSTREAM, { connections: 64, pipelining: 1 })

class Relay {
  constructor(res) {
    this.res = res
  }

  onRequestStart() {}

  onResponseStart(_controller, status, headers) {
    this.res.writeHead(status, { 'content-type': headers['content-type'], 'content-length': headers['content-length'] })
  }

  onResponseData(_controller, chunk) {
    this.res.write(chunk)
  }

  onResponseEnd() {
    this.res.end()
  }

  onResponseError() {
    this.res.destroy()
  }
}

createServer((req, res) => {
  const headers = { accept: 'application/json' }
  if (req.method === 'POST') {
    headers['content-type'] = req.headers['content-type']
    headers['content-length'] = req.headers['content-length']
  }
  const body = req.method === 'POST' ? req : null
  pool.dispatch({ method: req.method, path: req.url, headers, body }, new Relay(res))
}).listen(Number(process.env.PORT), '127.0.0.1')
