import { table } from '../support/page.mjs'
import { median, round } from '../support/statistics.mjs'
import { judge, targetTable } from '../support/targets.mjs'
import { emittedName } from './contenders.mjs'

/** The target ratios, from the figures of one version of Node.js. */
export function targetsOf(figures) {
  const named = (name) => figures.find((figure) => figure.name === name)
  const own = named(emittedName(10))
  return [
    judge('full policy : bare proxy', ratio(own, named('bare proxy')), 1.6),
    judge('full policy : fast-gateway', ratio(own, named('fast-gateway')), 1),
    judge('full policy : http-proxy-middleware', ratio(own, named('http-proxy-middleware')), 0.5),
    judge('1,000 routes : 10 routes', ratio(named(emittedName(1_000)), own), 1.1),
  ]
}

/** The median of the ratios in each round: a slow moment of the machine affects both figures of a round. */
function ratio(one, other) {
  return median(one.rounds.map((cpu, number) => cpu / other.rounds[number]))
}

export function ratiosOf(figures) {
  const bare = figures.find(({ name }) => name === 'bare proxy')
  return Object.fromEntries(figures.map((figure) => [figure.name, round(ratio(figure, bare), 2)]))
}

export function sectionOf(machine, results, how) {
  return `## Gateways

Processor time of the gateway's process for one request (user and system), and requests a second. Figures are medians of ${how.rounds}
rounds of ${how.duration} s in which the contenders take turns; ratios are medians of those of each round. ${how.connections} connections, load by ${how.generator}, an answer of 640 bytes of JSON. Gateways run on a core of their own;
load and service share the others. Where those are the limit, requests a second say nothing about the gateway. The emitted gateway verifies
a token, requires a scope, checks three parameters, checks the answer and removes undeclared members, and writes its access log; the
load requests the last of its routes. The hand-written handler verifies the token and requires the scope; the others only proxy.

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
