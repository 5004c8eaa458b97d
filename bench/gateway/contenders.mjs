import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { nodeFlags } from '../../dist/generator/dev/gateway.js'
import { startArguments } from '../support/emitted.mjs'
import { audience, scope } from '../support/orders/specification.mjs'
import { bench } from '../support/paths.mjs'
import { cores, has, start } from '../support/processes.mjs'
import { haproxyCommand } from './contenders/haproxy.mjs'
import { krakendCommand } from './contenders/krakend.mjs'
import * as names from './contenders/names.mjs'
import { nginxCommand } from './contenders/nginx.mjs'

const middleware = { name: 'http-proxy-middleware', program: 'http-proxy-middleware' }
const keepAlive = { ...middleware, name: 'http-proxy-middleware, keep-alive agent', env: { KEEP_ALIVE: 'true' } }

/** Programs for Node.js. `least` is the oldest Node.js that a package runs on; of entries with one name the last that fits is used. */
const programs = [
  { name: names.bare, program: 'bare-proxy' },
  { name: names.tuned, program: 'tuned-proxy' },
  { ...middleware, package: 'http-proxy-middleware-3' },
  { ...middleware, package: 'http-proxy-middleware-4', least: 22 },
  { ...keepAlive, package: 'http-proxy-middleware-3' },
  { ...keepAlive, package: 'http-proxy-middleware-4', least: 22 },
  { name: '@fastify/http-proxy', program: 'fastify-http-proxy' },
  { name: 'fast-gateway', program: 'fast-gateway', package: 'fast-gateway-3' },
  { name: 'fast-gateway', program: 'fast-gateway', package: 'fast-gateway-5', least: 24 },
  { name: names.fastify, program: 'fastify-by-hand' },
  { name: names.express, program: 'express-by-hand' },
]

/** Other programs, where they are installed; KrakenD where its binary is given. */
const commands = [
  { name: 'nginx', found: has('nginx'), write: nginxCommand },
  { name: names.haproxy, found: has('haproxy'), write: haproxyCommand },
  { name: names.krakend, found: process.env.KRAKEND !== undefined, write: krakendCommand },
]

/** One thread for programs in Go, and no report of KrakenD to its makers. */
const environment = { GOMAXPROCS: '1', USAGE_DISABLE: '1' }

const embedded = join(bench, 'gateway/contenders/embedded.mjs')

/** Ways to run emitted gateways, in their folders. */
const gateways = [
  { name: names.emitted, routes: 10, args: startArguments },
  { name: 'emitted gateway, its app in a server', routes: 10, args: [...nodeFlags, embedded] },
  { name: 'emitted gateway, its app in an app', routes: 10, args: [...nodeFlags, embedded], env: { MOUNTED: 'true' } },
  { name: names.manyRoutes, routes: 10_000, args: startArguments },
]

/** Contenders that are not measured here, with the reason. */
export const absent = commands
  .filter(({ found }) => !found)
  .map(({ name }) => (name === names.krakend ? 'KrakenD (KRAKEND names no binary)' : `${name} (not installed)`))

/**
 * The contenders on one version of Node.js, by name. `routes` is the number that the contender knows; `start(port)` runs it on the gateway's
 * core, with its standard output in a file.
 */
export function contendersOn(node, { upstream, issuer, folder, emit }) {
  const run = (name, command, options) => {
    const output = openSync(join(folder, `${name.replaceAll(/\W+/g, '-')}.log`), 'w')
    const started = start(cores.gateway, command, { ...options, stdio: ['ignore', output, 'inherit'] })
    closeSync(output)
    return started
  }
  const env = {
    HOST: '127.0.0.1',
    UPSTREAM: upstream,
    ORDERS_URL: upstream,
    OIDC_ISSUER: issuer.url,
    JWKS_URL: issuer.jwksUrl,
    AUDIENCE: audience,
    SCOPE: scope,
  }
  const others = commands
    .filter(({ found }) => found)
    .map(({ name, write }) => ({
      name,
      routes: 10,
      start: (port) =>
        run(name, write({ folder, port, upstream, issuer }), { env: { ...process.env, ...environment } }),
    }))
  const ours = programs
    .filter(({ least = 0 }) => node.major >= least)
    .map((one) => ({
      name: one.name,
      routes: 10,
      start: (port) =>
        run(one.name, [node.path, join(bench, 'gateway/contenders', `${one.program}.mjs`)], {
          env: { ...env, PORT: String(port), PACKAGE: one.package ?? '', ...one.env },
        }),
    }))
  const own = gateways.map(({ name, routes, args, env: more }) => ({
    name,
    routes,
    start: async (port) =>
      run(name, [node.path, ...args], { cwd: await emit(routes), env: { ...env, PORT: String(port), ...more } }),
  }))
  return new Map([...others, ...ours, ...own].map((contender) => [contender.name, contender]))
}
