import { join } from 'node:path'
import { bench } from '../support/paths.mjs'
import { cores, has, run } from '../support/processes.mjs'

export const generator = has('wrk') ? 'wrk' : 'autocannon'

/** Asks for one address over and over; how many answers came in how many seconds. Throws unless all of them were good. */
export async function load(url, headers, connections, seconds) {
  const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const size = ['-c', String(connections), '-d', generator === 'wrk' ? `${seconds}s` : String(seconds)]
  if (generator === 'wrk') return readWrk(await run(cores.others, ['wrk', '-t', '1', ...size, ...fields, url]), url)
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
  return readAutocannon(JSON.parse(output), url)
}

function readWrk(output, url) {
  const [, requests, time, unit] = /([0-9]+) requests in ([0-9.]+)(m|s)/.exec(output) ?? []
  // A time-out is the machine's, or shows in the figures.
  if (requests === undefined || /Non-2xx|Socket errors: (?!connect 0, read 0, write 0)/.test(output))
    throw new Error(`${url} failed under load:\n${output}`)
  return { requests: Number(requests), seconds: Number(time) * (unit === 'm' ? 60 : 1) }
}

function readAutocannon({ requests, duration, errors, timeouts, non2xx }, url) {
  if (errors - timeouts + non2xx > 0)
    throw new Error(`${url} failed under load: ${errors} errors, ${non2xx} bad answers`)
  return { requests: requests.total, seconds: duration }
}
