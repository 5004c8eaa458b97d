import { createServer } from 'node:http'
import { Pool } from 'undici'

// The bare proxy with what makes the emitted gateway cheap: bodies are read whole, an answer is one write, its fields are one flat list.

const pool = new Pool(process.env.UPSTREAM, { connections: 64, pipelining: 1 })

class Answer {
  status = 0
  fields = []
  chunks = []

  constructor(res) {
    this.res = res
  }

  onRequestStart() {}

  onResponseStart(_controller, status, headers) {
    this.status = status
    this.fields = ['content-type', headers['content-type'], 'content-length', headers['content-length']]
  }

  onResponseData(_controller, chunk) {
    this.chunks.push(chunk)
  }

  onResponseEnd() {
    this.res.writeHead(this.status, this.fields)
    this.res.end(this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks))
  }

  onResponseError() {
    this.res.destroy()
  }
}

function pass(req, res, body) {
  const headers = ['accept', 'application/json']
  if (body !== null) headers.push('content-type', req.headers['content-type'])
  pool.dispatch({ method: req.method, path: req.url, headers, body }, new Answer(res))
}

createServer((req, res) => {
  if (req.method === 'GET') return pass(req, res, null)
  const chunks = []
  req.on('data', (chunk) => chunks.push(chunk))
  req.on('end', () => pass(req, res, Buffer.concat(chunks)))
}).listen(Number(process.env.PORT), '127.0.0.1')
