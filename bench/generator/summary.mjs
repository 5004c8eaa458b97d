import { table } from '../support/page.mjs'
import { judge, targetTable } from '../support/targets.mjs'

export function targetsOf({ commands, typecheck, running, growth, memory }) {
  const targets = [
    judge('generate : openapi-typescript', commands.generate.ratio.seconds, 1.4),
    judge('check, nothing changed : openapi-typescript', commands['check, nothing changed'].ratio.seconds, 0.6),
    judge('cold start over an empty Express server', running.over.milliseconds, 400, ' ms'),
    judge('resident memory, every route used', running.memoryAfterEveryRoute, 150, ' MB'),
    judge('tsc of the gateway : of openapi-typescript', typecheck['tsc of the gateway'].ratio.seconds, 3),
    judge('peak memory of generate, 10,000 routes', memory.generate.memory, 900, ' MB'),
    judge('peak memory of check on a build server, 10,000 routes', memory.check.memory, 900, ' MB'),
  ]
  return [...targets, ...growthTargets(growth)]
}

/** The cost of one more service must not grow with the number of services. */
function growthTargets({ points }) {
  const [small, large] = points.slice(-2)
  const [first] = points
  if (first === undefined || small === undefined || large === undefined || first === small) return []
  return ['cpu', 'memory'].map((name) => {
    const step = (from, to) => (to[name] - from[name]) / (to.services - from.services)
    const what = `${name === 'cpu' ? 'time' : 'memory'} of a service, ${small.services} to ${large.services} : ${first.services} to ${small.services}`
    return judge(what, step(small, large) / step(first, small), 1.25)
  })
}

export function sectionOf(machine, document, results, rounds) {
  const { commands, typecheck, running, growth, targets } = results
  const row = ([name, { seconds, cpu, memory, ratio }]) => [
    name,
    `${seconds.toFixed(2)} s`,
    ratio.seconds.toFixed(2),
    `${cpu.toFixed(2)} s`,
    ratio.cpu.toFixed(2),
    `${memory} MB`,
  ]
  const of = ': openapi-typescript'
  const head = ['', 'time', of, 'processor time', of, 'memory, at most']
  return `## Generator

On ${document}, with the manifest that \`init\` makes of it: one client that exposes every operation, one service for each of its servers.
Medians of ${rounds} rounds in which the commands take turns, each as a process of its own; ratios are medians of those of each round.
openapi-typescript's command makes one file of types; \`generate\` makes types of the contract, schemas, routes, documents
and the runtime. "Nothing changed" is after a \`generate\` on the same machine; on a build server (\`CI\` is set) no run is remembered, and all stages run.

${machine}

${table(head, [...Object.entries(commands), ...Object.entries(typecheck)].map(row))}

| cold start until the first answer | time | processor time |
| --- | ---: | ---: |
| Express server with one route | ${running.emptyServer.milliseconds} ms | ${running.emptyServer.cpu} ms |
| emitted gateway of ${running.routes} routes, an answer from a service for a caller with a token | ${running.gateway.milliseconds} ms | ${running.gateway.cpu} ms |
| over, in each round | ${running.over.milliseconds} ms | ${running.over.cpu} ms |

| the emitted gateway | |
| --- | ---: |
| resident memory after the first answer | ${running.memoryAfterFirstAnswer} MB |
| resident memory after every route was used | ${running.memoryAfterEveryRoute} MB |

${targetTable(targets)}

Growth: copies of the sample's largest document (12 paths, 15 operations) as services of one client.

${table(
  ['services', 'time', 'processor time', 'memory, at most'],
  growth.points.map(({ services, seconds, cpu, memory }) => [
    services,
    `${seconds.toFixed(2)} s`,
    `${cpu.toFixed(2)} s`,
    `${memory} MB`,
  ]),
)}

Linear fit: ${growth.cpu.base} s + ${growth.cpu.perService} s of processor time for each service (R² ${growth.cpu.r2}); ${growth.memory.base} MB + ${growth.memory.perService} MB for each service (R² ${growth.memory.r2}).`
}
