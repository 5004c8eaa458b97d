import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { startArguments } from '../support/emitted.mjs'
import { bench } from '../support/paths.mjs'
import { cores, has, start } from '../support/processes.mjs'
import { nginxCommand } from './contenders/nginx.mjs'
import { audience, scope } from './specification.mjs'

/**
 * All contenders by name. `serves` is the number of routes, where that matters. `least` is the oldest Node.js that a package runs on;
 * of several entries with one name the last that fits is used.
 */
const peers = [
  { name: 'bare proxy', program: 'bare-proxy' },
  { name: 'http-proxy-middleware', program: 'http-proxy-middleware', package: 'http-proxy-middleware-3' },
  { name: 'http-proxy-middleware', program: 'http-proxy-middleware', package: 'http-proxy-middleware-4', least: 22 },
  {
    name: 'http-proxy-middleware, keep-alive agent',
    program: 'http-proxy-middleware',
    package: 'http-proxy-middleware-3',
    env: { KEEP_ALIVE: 'true' },
  },
  {
    name: 'http-proxy-middleware, keep-alive agent',
    program: 'http-proxy-middleware',
    package: 'http-proxy-middleware-4',
    least: 22,
    env: { KEEP_ALIVE: 'true' },
  },
  { name: '@fastify/http-proxy', program: 'fastify-http-proxy' },
  { name: 'fast-gateway', program: 'fast-gateway', package: 'fast-gateway-3' },
  { name: 'fast-gateway', program: 'fast-gateway', package: 'fast-gateway-5', least: 24 },
  { name: 'hand-written, 10 routes', program: 'hand-written', serves: 10 },
  { name: 'hand-written, 1,000 routes', program: 'hand-written', serves: 1_000 },
]

/**
 * The contenders on one version of Node.js: `start(port)` runs one of them on the gateway's core. `losses` is the accepted share of bad
 * answers: some peers lose a request when the service closes an idle connection.
 */
export function contendersOn(node, { upstream, issuer, folder, emitted }) {
  const fitting = new Map(peers.filter(({ least = 0 }) => node.major >= least).map((peer) => [peer.name, peer]))
  const programs = [...fitting.values()].map((peer) => ({
    name: peer.name,
    serves: peer.serves ?? 10,
    losses: 1 / 1_000,
    start: (port) =>
      start(cores.gateway, [node.path, join(bench, 'gateway/contenders', `${peer.program}.mjs`)], {
        env: {
          PORT: String(port),
          UPSTREAM: upstream,
          PACKAGE: peer.package ?? '',
          ISSUER: issuer.url,
          JWKS_URL: issuer.jwksUrl,
          AUDIENCE: audience,
          SCOPE: scope,
          ROUTES: String(peer.serves ?? 0),
          ...peer.env,
        },
      }),
  }))
  const gateways = emitted.map(({ routes, gateway }) => ({
    name: emittedName(routes),
    serves: routes,
    start: (port) => startEmitted(node, gateway, port, { upstream, issuer, log: join(folder, `access-${routes}.log`) }),
  }))
  const nginx = {
    name: 'nginx',
    serves: 10,
    start: (port) => start(cores.gateway, nginxCommand(folder, port, upstream)),
  }
  return [...(has('nginx') ? [nginx] : []), ...programs, ...gateways]
}

export function emittedName(routes) {
  return `emitted gateway, ${routes.toLocaleString('en')} routes`
}

/** With its access log written to a file. */
function startEmitted(node, gateway, port, { upstream, issuer, log }) {
  const output = openSync(log, 'w')
  const started = start(cores.gateway, [node.path, ...startArguments], {
    cwd: gateway,
    stdio: ['ignore', output, 'inherit'],
    env: { HOST: '127.0.0.1', PORT: String(port), ORDERS_URL: upstream, OIDC_ISSUER: issuer.url },
  })
  closeSync(output)
  return started
}
