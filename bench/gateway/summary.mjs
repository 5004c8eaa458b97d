import { table } from '../support/page.mjs'
import { targetTable } from '../support/targets.mjs'
import { bare } from './contenders/names.mjs'
import { distribution, ratiosOf } from './figures.mjs'

/** The section of docs/performance.md. */
export function sectionOf(machine, results, { rounds, duration, absent }) {
  return `## Gateways

Processor time of the gateway's process for one request (user and system). Figures are medians of at least ${rounds} rounds of ${duration} s in which the
contenders take turns, the quartiles, and the least and the most. Ratios are medians of those of each round. Where the quartiles of a ratio
are further apart than 10 % of it, up to 21 rounds are run. Load by wrk. The gateway has a core of its own; load and service share the others.
"Busy" is how much of its core the gateway used: where that is less than 90 %, load or service were the limit, and requests a second say
nothing about the gateway. "Resident" is the highest memory right after a round.${absent.length === 0 ? '' : ` Not measured: ${absent.join(', ')}.`}

${machine}

${results.map(nodeSection).join('\n\n')}`
}

function nodeSection({ node, outcomes }) {
  const isBase = ({ scenario }) => scenario.name === 'base'
  const [base, others] = [outcomes.filter(isBase), outcomes.filter((outcome) => !isBase(outcome))]
  const tables = [
    ['base: 32 connections, one token', rowsOf(base, ({ name }) => name)],
    ['one thing changed', rowsOf(others, ({ name }, scenario) => `${scenario.name}: ${name}`)],
  ]
  const shown = tables.filter(([, rows]) => rows.length > 0).map(([title, rows]) => table([title, ...head], rows))
  return [`### Node.js ${node}`, ...shown, targetTable(outcomes.flatMap(({ verdicts }) => verdicts))].join('\n\n')
}

const head = [
  'CPU a request',
  'quartiles',
  'least, most',
  ': bare proxy',
  'quartiles',
  'requests a second',
  'busy',
  'failed',
  'resident',
  'rounds',
]

function rowsOf(outcomes, title) {
  return outcomes.flatMap(({ scenario, contestants, figures }) =>
    contestants.map((one) => [title(one, scenario), ...cells(one, contestants, figures.get(one.name))]),
  )
}

function cells({ name, failure }, contestants, figures) {
  if (figures === null) return [`failed: ${oneLine(failure)}`, ...head.slice(1).map(() => '')]
  const { cpu, rate, busy, failures, memory, rounds } = figures
  const ratios = ratiosOf(contestants, { of: name, to: bare })
  const ratio = ratios.length === 0 ? null : distribution(ratios, 2)
  return [
    `${cpu.median} µs`,
    `${cpu.lower} to ${cpu.upper}`,
    `${cpu.least}, ${cpu.most}`,
    ratio === null ? '' : ratio.median.toFixed(2),
    ratio === null ? '' : `${ratio.lower.toFixed(2)} to ${ratio.upper.toFixed(2)}`,
    rate.toLocaleString('en'),
    `${Math.round(busy * 100)} %`,
    failures.toLocaleString('en'),
    `${memory} MB`,
    rounds,
  ]
}

function oneLine(text) {
  return text.replaceAll(/[\s|]+/g, ' ').slice(0, 100)
}
