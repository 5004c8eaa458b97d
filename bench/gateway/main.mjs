import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeMachine, machineText } from '../support/machine.mjs'
import { findNodes } from '../support/nodes.mjs'
import { readOptions } from '../support/options.mjs'
import { installPeers } from '../support/packages.mjs'
import { writeSection } from '../support/page.mjs'
import { has } from '../support/processes.mjs'
import { absent, contendersOn } from './contenders.mjs'
import { figuresOf } from './figures.mjs'
import { measure } from './rounds.mjs'
import { chosen } from './scenarios.mjs'
import { prepareStage } from './stage.mjs'
import { sectionOf } from './summary.mjs'
import { verdictsOf } from './verdicts.mjs'

const usage = `bench:gateway [-- --rounds 7] [--duration 2] [--node 20,24] [--scenario text] [--only text] [--dry] [--json]
  --scenario  scenarios whose names contain this
  --only      contenders of the base whose names contain this, the emitted gateway and the bare proxy
  --dry       leave docs/performance.md as it is, as a run of a part does
KRAKEND names a binary of KrakenD to compare with.`
const options = readOptions(usage, {
  rounds: 7,
  duration: 2,
  node: '20,24',
  scenario: '',
  only: '',
  dry: false,
  json: false,
})
if (process.platform !== 'linux') throw new Error('This benchmark needs Linux: it reads processor times from /proc.')
if (!has('wrk')) throw new Error('This benchmark needs wrk. Debian has it: apt-get install wrk')
installPeers()

const say = (text) => process.stderr.write(`${text}\n`)
const folder = mkdtempSync(join(tmpdir(), 'gatewright-bench-'))
const before = describeMachine()
const nodes = findNodes(options.node)
const plan = (contenders) => chosen(options, [...contenders.keys()])
const stage = await prepareStage(folder, say)
try {
  const results = []
  for (const node of nodes) {
    say(`Node.js ${node.version}`)
    const contenders = contendersOn(node, stage)
    const outcomes = []
    for (const scenario of plan(contenders)) {
      const contestants = await measure(scenario, contenders, { ...options, ...stage, say })
      const figures = new Map(contestants.map((one) => [one.name, figuresOf(one)]))
      outcomes.push({
        scenario,
        contestants,
        figures,
        verdicts: verdictsOf(scenario, contestants, figures, node.major),
      })
    }
    results.push({ node: node.version, outcomes })
  }
  const load = [before.load, describeMachine().load]
  const section = sectionOf(machineText(before, load), results, { ...options, absent })
  if (!options.dry && options.scenario === '' && options.only === '') writeSection('bench:gateway', section)
  process.stdout.write(`${section}\n`)
  if (options.json)
    process.stdout.write(`${JSON.stringify({ machine: before, load, options, absent, results: plain(results) })}\n`)
} finally {
  await stage.close()
  rmSync(folder, { recursive: true, force: true })
}

function plain(results) {
  return results.map(({ node, outcomes }) => ({
    node,
    scenarios: outcomes.map(({ scenario, contestants, figures, verdicts }) => ({
      name: scenario.name,
      contenders: contestants.map(({ name, failure, rounds }) => ({
        name,
        failure,
        ...figures.get(name),
        each: rounds,
      })),
      targets: verdicts,
    })),
  }))
}
