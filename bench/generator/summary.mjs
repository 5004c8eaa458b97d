import { table } from '../support/page.mjs'
import { judge, targetTable } from '../support/targets.mjs'

export function targetsOf({ commands, typecheck, running, growth }) {
  const own = commands['openapi-typescript']
  const ratio = (name) => commands[name].seconds / own.seconds
  const targets = [
    judge('generate : openapi-typescript', ratio('generate'), 1.5),
    judge('check, nothing changed : openapi-typescript', ratio('check, nothing changed'), 0.6),
    judge(
      'cold start over an empty Express server',
      running.gatewayMilliseconds - running.emptyServerMilliseconds,
      400,
      ' ms',
    ),
    judge('resident memory, every route used', running.memoryAfterEveryRoute, 150, ' MB'),
    judge(
      'tsc of the gateway : of openapi-typescript',
      typecheck['tsc of the gateway'].seconds / typecheck['tsc of openapi-typescript'].seconds,
      3,
    ),
  ]
  return [...targets, ...growthTargets(growth)]
}

/** A service among many must not cost more than one among a few, beyond what runs differ by. */
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
  const own = commands['openapi-typescript']
  const row = ([name, { seconds, cpu, memory }], of) => [
    name,
    `${seconds.toFixed(2)} s`,
    `${cpu.toFixed(2)} s`,
    `${memory} MB`,
    (seconds / of.seconds).toFixed(2),
  ]
  const head = ['', 'time', 'processor time', 'memory, at most', ': openapi-typescript']
  return `## Generator

On ${document}: medians of ${rounds} rounds, each command as a process of its own, taking turns. Nothing changed: as after a \`generate\`; \`--full\` and
CI look at everything again.

${machine}

${table(head, [...Object.entries(commands).map((entry) => row(entry, own)), ...Object.entries(typecheck).map((entry) => row(entry, typecheck['tsc of openapi-typescript']))])}

| the emitted gateway, ${running.routes} routes | |
| --- | ---: |
| cold start until the first answer from a service | ${running.gatewayMilliseconds} ms |
| the same of an Express server with one route | ${running.emptyServerMilliseconds} ms |
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
