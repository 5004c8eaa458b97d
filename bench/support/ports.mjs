import { request } from 'node:http'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** A free port of the loopback interface, below the range that the system uses for outgoing connections. */
export async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    const server = createServer()
    const free = await new Promise((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}

/** Repeats a request until there is an answer, for at most 30 s; returns its status and text. */
export async function firstAnswer(url, headers = {}) {
  const deadline = performance.now() + 30_000
  while (performance.now() < deadline) {
    const answer = await ask('GET', url, headers)
    if (answer !== null) return answer
    await setTimeout(1)
  }
  throw new Error(`${url} does not answer`)
}

/** One request on a new connection; `null` if there is no answer. */
export function ask(method, url, headers = {}, body = '') {
  return new Promise((resolve) => {
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) }
    const req = request(url, { method, headers: { ...headers, ...length }, agent: false }, (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (chunk) => {
        text += chunk
      })
      res.on('end', () => resolve({ status: res.statusCode, text }))
    })
    req.on('error', () => resolve(null))
    req.end(body)
  })
}
