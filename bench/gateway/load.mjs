import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bench } from '../support/paths.mjs'
import { cores, run } from '../support/processes.mjs'

const script = join(bench, 'gateway/load.lua')

/**
 * Writes what the script for wrk reads into a folder. Returns `load(url, seconds, sent)`, which sends requests for so many seconds,
 * and gives the number of answers, that of failures among them, and the seconds. `sent` counts the requests before.
 */
export function createLoad(folder, { name, connections, request, tokens }) {
  const [bodyFile, tokenFile] = ['body', 'tokens'].map((kind) =>
    join(folder, `${name.replaceAll(/\W+/g, '-')}.${kind}`),
  )
  const fields = Object.entries(request.fields).flatMap((field) => ['-H', field.join(': ')])
  const scripted = request.body !== '' || tokens.length > 1
  if (scripted) {
    writeFileSync(bodyFile, request.body)
    writeFileSync(tokenFile, tokens.join('\n'))
  } else fields.push('-H', `authorization: Bearer ${tokens[0]}`)
  return async (url, seconds, sent) => {
    const size = ['-t', '1', '-c', String(connections), '-d', `${seconds}s`]
    const command = scripted
      ? ['wrk', ...size, ...fields, '-s', script, url, request.method, bodyFile, tokenFile, String(sent)]
      : ['wrk', ...size, ...fields, url]
    return readResult(await run(cores.others, command))
  }
}

/** Failures are answers other than 2xx and 3xx, connections that fail, and answers that take more than two seconds. */
function readResult(output) {
  const [, requests, time, unit] = /([0-9]+) requests in ([0-9.]+)(m|s)/.exec(output) ?? []
  if (requests === undefined) throw new Error(`wrk says: ${output}`)
  const refused = /Non-2xx or 3xx responses: ([0-9]+)/.exec(output)
  const broken = /Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)/.exec(output)
  const failures = [...(refused?.slice(1) ?? []), ...(broken?.slice(1) ?? [])].reduce((sum, n) => sum + Number(n), 0)
  return { requests: Number(requests), failures, seconds: Number(time) * (unit === 'm' ? 60 : 1) }
}
