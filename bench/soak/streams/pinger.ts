import { Agent, get } from 'node:http'
import { report, type Times } from './parts.ts'

// Requests `/ping` of a gateway and of its service, each 100 times a second, and measures the times from when each request was due.
// The first requests, which open the connections, are not counted.

const [, , gateway = '', service = '', seconds = ''] = process.argv
const period = 10
const warmUp = 200
const agent = new Agent({ keepAlive: true, maxSockets: 1_000 })

function pinging(port: string): { readonly ping: (due: number) => void; readonly times: number[] } {
  const times: number[] = []
  return {
    times,
    ping(due) {
      get({ port: Number(port), host: '127.0.0.1', path: '/ping', agent }, (res) => {
        res.resume()
        if (res.statusCode !== 200) process.stderr.write(`/ping failed: status ${res.statusCode}\n`)
        res.on('end', () => times.push(res.statusCode === 200 ? performance.now() - due : Number.POSITIVE_INFINITY))
      }).on('error', (error) => {
        process.stderr.write(`/ping failed: ${error.message}\n`)
        times.push(Number.POSITIVE_INFINITY)
      })
    },
  }
}

const targets = [pinging(gateway), pinging(service)] as const
const first = performance.now() + period
const count = (Number(seconds) * 1_000) / period + warmUp
let at = 0
const timer = setInterval(() => {
  const now = performance.now()
  // The direct request is due half a period later than that to the gateway.
  for (; at < 2 * count && first + (at * period) / 2 <= now; at++) targets[at % 2]?.ping(first + (at * period) / 2)
  if (targets.every(({ times }) => times.length === count)) {
    clearInterval(timer)
    report({ gateway: timesOf(targets[0].times), service: timesOf(targets[1].times) })
  }
}, 1)

function timesOf(times: readonly number[]): Times {
  const sorted = times.slice(warmUp).sort((a, b) => a - b)
  const failed = sorted.indexOf(Number.POSITIVE_INFINITY)
  if (failed >= 0) sorted.length = failed
  const share = (part: number) => sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? Number.NaN
  return { p50: share(0.5), p99: share(0.99), max: share(1), failed: failed < 0 ? 0 : times.length - warmUp - failed }
}
