import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bench, commandLine } from '../support/paths.mjs'
import { median, round } from '../support/statistics.mjs'
import { medians, timed } from '../support/timed.mjs'

/** The commands and openapi-typescript's, on the same document, in turns. With `CI` set no run is remembered (docs/adr/0005). */
export async function measureCommands(folder, document, rounds, say) {
  const generated = join(folder, 'generated')
  const own = (args, env = {}) => timed([commandLine, ...args], { cwd: folder, env })
  const steps = [
    [
      'openapi-typescript',
      () =>
        timed([join(bench, 'node_modules/openapi-typescript/bin/cli.js'), document, '-o', 'api.ts'], { cwd: folder }),
    ],
    [
      'generate',
      () => {
        rmSync(generated, { recursive: true, force: true })
        return own(['generate'])
      },
    ],
    ['generate, nothing changed', () => own(['generate'])],
    ['check, nothing changed', () => own(['check'])],
    ['check, nothing changed, on a build server', () => own(['check'], { CI: 'true' })],
  ]
  return takeTurns(steps, rounds, say)
}

/**
 * Runs each step once in every round. `ratio` is to the first step of the same round, because other load on the machine changes from
 * round to round.
 */
export async function takeTurns(steps, rounds, say) {
  const runs = new Map(steps.map(([name]) => [name, []]))
  for (let number = 1; number <= rounds; number++) {
    for (const [name, step] of steps) {
      say(`round ${number} of ${rounds}: ${name}`)
      runs.get(name).push(await step())
    }
  }
  const [[, first]] = runs
  const ratio = (list, of) => round(median(list.map((run, index) => run[of] / first[index][of])), 3)
  return Object.fromEntries(
    [...runs].map(([name, list]) => [
      name,
      { ...medians(list), ratio: { seconds: ratio(list, 'seconds'), cpu: ratio(list, 'cpu') } },
    ]),
  )
}
