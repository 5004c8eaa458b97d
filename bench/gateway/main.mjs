import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emitGateway } from '../support/emitted.mjs'
import { describeMachine, machineText } from '../support/machine.mjs'
import { findNodes } from '../support/nodes.mjs'
import { readOptions } from '../support/options.mjs'
import { installPeers } from '../support/packages.mjs'
import { writeSection } from '../support/page.mjs'
import { bench } from '../support/paths.mjs'
import { firstAnswer, freePort } from '../support/ports.mjs'
import { cores, start } from '../support/processes.mjs'

const usage = `bench:gateway [-- --rounds 5] [--duration 5] [--connections 32] [--node 20,24] [--only text] [--dry] [--json]
  --only  contenders whose names contain this, and those that ratios need
  --dry   leave docs/performance.md as it is`
const options = readOptions(usage, {
  rounds: 5,
  duration: 5,
  connections: 32,
  node: '20,24',
  only: '',
  dry: false,
  json: false,
})
if (process.platform !== 'linux') throw new Error('This benchmark needs Linux: it reads processor times from /proc.')
installPeers()
// The modules below import the peers.
const [
  { startIssuer },
  { contendersOn },
  { generator },
  { measure },
  { audience, scope, writeSpecification },
  summary,
] = await Promise.all([
  import('../support/identity.mjs'),
  import('./contenders.mjs'),
  import('./load.mjs'),
  import('./rounds.mjs'),
  import('./specification.mjs'),
  import('./summary.mjs'),
])

const needed = new Set([
  'bare proxy',
  'http-proxy-middleware',
  'fast-gateway',
  'emitted gateway, 10 routes',
  'emitted gateway, 1,000 routes',
])
const say = (text) => process.stderr.write(`${text}\n`)
const folder = mkdtempSync(join(tmpdir(), 'gatewright-bench-'))
const issuer = await startIssuer()
const port = await freePort()
const upstream = start(cores.others, [process.execPath, join(bench, 'gateway/upstream.mjs')], {
  env: { PORT: String(port) },
})
try {
  const address = `http://127.0.0.1:${port}`
  await firstAnswer(address)
  const emitted = []
  for (const routes of [10, 1_000]) {
    say(`emitting ${routes} routes`)
    writeSpecification(join(folder, String(routes)), routes)
    emitted.push({ routes, gateway: await emitGateway(join(folder, String(routes)), 'app') })
  }
  const headers = { authorization: `Bearer ${await issuer.token(audience, `openid ${scope}`)}` }
  const before = describeMachine()
  const results = []
  for (const node of findNodes(options.node)) {
    const all = contendersOn(node, { upstream: address, issuer, folder, emitted })
    const contenders = all.filter(({ name }) => options.only === '' || name.includes(options.only) || needed.has(name))
    say(`Node.js ${node.version}`)
    const figures = await measure(contenders, headers, options, say)
    results.push({
      node: node.version,
      figures,
      ratios: summary.ratiosOf(figures),
      targets: summary.targetsOf(figures),
    })
  }
  const load = [before.load, describeMachine().load]
  const how = { ...options, generator }
  const section = summary.sectionOf(machineText(before, load), results, how)
  if (!options.dry) writeSection('bench:gateway', section)
  process.stdout.write(`${section}\n`)
  if (options.json) process.stdout.write(`${JSON.stringify({ machine: before, load, how, results })}\n`)
} finally {
  await upstream.stop()
  await issuer.close()
  rmSync(folder, { recursive: true, force: true })
}
