import { join } from 'node:path'
import { startArguments } from '../support/emitted.mjs'
import { startIssuer } from '../support/identity.mjs'
import { bench } from '../support/paths.mjs'
import { ask, firstAnswer, freePort } from '../support/ports.mjs'
import { cores, cpuTime, residentMemory, start } from '../support/processes.mjs'
import { median, round } from '../support/statistics.mjs'
import { readRoutes, readVariables } from './routes.mjs'

/**
 * Cold starts until the first answer, in ms of elapsed and of processor time, of an emitted gateway and of an Express server with one
 * route, in turns. Also the gateway's memory, then and after one request to every route. The first answer is that of a service, on a route
 * that needs a token.
 */
export async function measureRunning(gateway, rounds, say) {
  const issuer = await startIssuer()
  const port = await freePort()
  const upstream = start(cores.others, [process.execPath, join(bench, 'gateway/upstream.mjs')], {
    env: { PORT: String(port) },
  })
  try {
    const service = `http://127.0.0.1:${port}`
    await firstAnswer(service)
    const routes = readRoutes(gateway)
    const first = routes.find(({ method, path }) => method === 'GET' && !path.includes('/1')) ?? routes[0]
    const headers = { authorization: `Bearer ${await issuer.token('bench-app', 'openid')}` }
    const variables = readVariables(gateway).map((name) => [name, name === 'OIDC_ISSUER' ? issuer.url : service])
    const env = { ...Object.fromEntries(variables), HOST: '127.0.0.1', LOG_LEVEL: 'warn' }
    const starts = []
    const memory = { first: [], all: [] }
    for (let number = 1; number <= rounds; number++) {
      say(`round ${number} of ${rounds}: cold starts`)
      const empty = await coldStart([join(bench, 'generator/empty-server.mjs')], '/', {}, { env: {} })
      await empty.process.stop()
      const own = await coldStart(startArguments, first.path, headers, { cwd: gateway, env })
      starts.push({ empty, own })
      memory.first.push(residentMemory(own.process.pid))
      for (const { method, path, type } of routes) {
        const body = type === null ? '' : type.includes('json') ? '{}' : 'a=1'
        await ask(method, own.origin + path, { ...headers, ...(type === null ? {} : { 'content-type': type }) }, body)
      }
      memory.all.push(residentMemory(own.process.pid))
      await own.process.stop()
    }
    const of = (value) => Math.round(median(starts.map(value)))
    return {
      routes: routes.length,
      emptyServer: { milliseconds: of(({ empty }) => empty.milliseconds), cpu: of(({ empty }) => empty.cpu) },
      gateway: { milliseconds: of(({ own }) => own.milliseconds), cpu: of(({ own }) => own.cpu) },
      over: {
        milliseconds: of(({ own, empty }) => own.milliseconds - empty.milliseconds),
        cpu: of(({ own, empty }) => own.cpu - empty.cpu),
      },
      memoryAfterFirstAnswer: round(median(memory.first), 0),
      memoryAfterEveryRoute: round(median(memory.all), 0),
    }
  } finally {
    await upstream.stop()
    await issuer.close()
  }
}

async function coldStart(args, path, headers, options) {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const started = performance.now()
  const process = start(cores.gateway, [globalThis.process.execPath, ...args], {
    ...options,
    env: { ...options.env, PORT: String(port) },
  })
  try {
    const { status } = await firstAnswer(origin + path, headers)
    if (status === 401 || status === 403 || status === 404) throw new Error(`${path} is answered with ${status}`)
    return { milliseconds: performance.now() - started, cpu: cpuTime(process.pid) / 1000, origin, process }
  } catch (error) {
    await process.stop()
    throw error
  }
}
