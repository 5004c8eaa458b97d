import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { linkPackages } from '../support/emitted.mjs'
import { describeMachine, machineText } from '../support/machine.mjs'
import { readOptions } from '../support/options.mjs'
import { installPeers } from '../support/packages.mjs'
import { writeSection } from '../support/page.mjs'

const usage = `bench:generator [-- --rounds 5] [--spec file] [--sizes 1,10,100] [--dry] [--json]
  --dry   leave docs/performance.md as it is`
const options = readOptions(usage, { rounds: 5, spec: '', sizes: '1,10,100', dry: false, json: false })
installPeers()
// The modules below import the peers.
const [
  { measureCommands },
  { measureTypecheck },
  { measureRunning },
  { measureGrowth },
  { measureMemory },
  specification,
  summary,
  { run, cores },
] = await Promise.all([
  import('./commands.mjs'),
  import('./typecheck.mjs'),
  import('./running.mjs'),
  import('./growth.mjs'),
  import('./memory.mjs'),
  import('./specification.mjs'),
  import('./summary.mjs'),
  import('../support/processes.mjs'),
])

const say = (text) => process.stderr.write(`${text}\n`)
const folder = mkdtempSync(join(tmpdir(), 'gatewright-bench-'))
try {
  const document = options.spec === '' ? specification.largestSpecification() : resolve(options.spec)
  const one = join(folder, 'one')
  const gateway = join(one, 'generated', 'app')
  const before = describeMachine()
  await specification.prepare(one, document)
  const commands = await measureCommands(one, basename(document), options.rounds, say)
  linkPackages(gateway)
  const typecheck = await measureTypecheck(one, gateway, options.rounds, say)
  await run(cores.others, [process.execPath, join(gateway, 'node_modules/typescript/bin/tsc'), '--project', gateway])
  const running = await measureRunning(gateway, options.rounds, say)
  const sizes = options.sizes.split(',').map(Number)
  const growth = await measureGrowth(join(folder, 'growth'), sizes, options.rounds, say)
  const memory = await measureMemory(join(folder, 'memory'), Math.min(options.rounds, 3), say)
  const measured = { commands, typecheck, running, growth, memory }
  const results = { ...measured, targets: summary.targetsOf(measured) }
  const load = [before.load, describeMachine().load]
  const section = summary.sectionOf(machineText(before, load), basename(document), results, options.rounds)
  if (!options.dry) writeSection('bench:generator', section)
  process.stdout.write(`${section}\n`)
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ machine: before, load, document: basename(document), rounds: options.rounds, ...results })}\n`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
