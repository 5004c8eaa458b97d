import { join } from 'node:path'
import { bench } from '../support/paths.mjs'
import { cores, has, run } from '../support/processes.mjs'

export const generator = has('wrk') ? 'wrk' : 'autocannon'

/** Sends requests to one address; returns the number of answers and the seconds. Throws if the share of bad answers is above `most`. */
export async function load(url, headers, connections, seconds, most = 0) {
  const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const size = ['-c', String(connections), '-d', generator === 'wrk' ? `${seconds}s` : String(seconds)]
  if (generator === 'wrk')
    return readWrk(await run(cores.others, ['wrk', '-t', '1', ...size, ...fields, url]), url, most)
  const program = join(bench, 'node_modules/autocannon/autocannon.js')
  const output = await run(cores.others, [
    process.execPath,
    program,
    '--json',
    '--no-progress',
    ...size,
    ...fields,
    url,
  ])
  return readAutocannon(JSON.parse(output), url, most)
}

function readWrk(output, url, most) {
  const [, requests, time, unit] = /([0-9]+) requests in ([0-9.]+)(m|s)/.exec(output) ?? []
  const bad = Number(/Non-2xx or 3xx responses: ([0-9]+)/.exec(output)?.[1] ?? 0)
  // Time-outs are not counted: they show in the figures.
  if (!(bad <= Number(requests) * most) || /Socket errors: (?!connect 0, read 0, write 0)/.test(output))
    throw new Error(`${url} failed under load:\n${output}`)
  return { requests: Number(requests), seconds: Number(time) * (unit === 'm' ? 60 : 1) }
}

function readAutocannon({ requests, duration, errors, timeouts, non2xx }, url, most) {
  if (errors - timeouts > 0 || non2xx > requests.total * most)
    throw new Error(`${url} failed under load: ${errors} errors, ${non2xx} bad answers`)
  return { requests: requests.total, seconds: duration }
}
