import { table } from '../support/page.mjs'
import { round } from '../support/statistics.mjs'
import { judge, targetTable } from '../support/targets.mjs'
import { emittedName } from './contenders.mjs'

/** Ratios that were promised, from the figures of one version of Node.js. */
export function targetsOf(figures) {
  const cpu = (name) => figures.find((figure) => figure.name === name).cpuMicroseconds
  const own = cpu(emittedName(10))
  return [
    judge('full policy : bare proxy', own / cpu('bare proxy'), 1.6),
    judge('full policy : fast-gateway', own / cpu('fast-gateway'), 1),
    judge('full policy : http-proxy-middleware', own / cpu('http-proxy-middleware'), 0.5),
    judge('1,000 routes : 10 routes', cpu(emittedName(1_000)) / own, 1.1),
  ]
}

export function ratiosOf(figures) {
  const bare = figures.find(({ name }) => name === 'bare proxy').cpuMicroseconds
  return Object.fromEntries(figures.map(({ name, cpuMicroseconds }) => [name, round(cpuMicroseconds / bare, 2)]))
}

export function sectionOf(machine, results, how) {
  return `## Gateways

CPU time of the gateway's process for one request, user and system, from the system's accounting, and requests a second; medians of ${how.rounds}
rounds of ${how.duration} s, contenders taking turns, ${how.connections} connections, load by ${how.generator}, an answer of 640 bytes of JSON. Gateways run on a core of their own;
load and service share the rest, and where that is the limit the requests a second say nothing about the gateway. The emitted gateway verifies
a token, asks for a scope, checks three parameters, checks the answer and removes what is not described, and writes its access log; the
last of its routes is asked for. The hand-written handler verifies the token and asks for the scope; the others only proxy.

${machine}

${results.map(nodeSection).join('\n\n')}`
}

function nodeSection({ node, figures, targets, ratios }) {
  const rows = figures.map(({ name, cpuMicroseconds, spread, requestsPerSecond }) => [
    name,
    `${cpuMicroseconds} µs`,
    `± ${Math.round(spread * 100)} %`,
    ratios[name].toFixed(2),
    requestsPerSecond.toLocaleString('en'),
  ])
  return `### Node.js ${node}

${table(['', 'CPU a request', 'spread', ': bare proxy', 'requests a second'], rows)}

${targetTable(targets)}`
}
