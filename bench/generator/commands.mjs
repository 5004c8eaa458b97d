import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bench, commandLine } from '../support/paths.mjs'
import { medians, timed } from '../support/timed.mjs'

/** The commands on one document, and openapi-typescript's on the same, taking turns. */
export async function measureCommands(folder, document, rounds, say) {
  const generated = join(folder, 'generated')
  const own = (...args) => timed([commandLine, ...args], { cwd: folder })
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
        return own('generate')
      },
    ],
    ['generate, nothing changed', () => own('generate')],
    ['check, nothing changed', () => own('check')],
    ['check --full, nothing changed', () => own('check', '--full')],
  ]
  return takeTurns(steps, rounds, say)
}

/** Runs each step once in every round. */
export async function takeTurns(steps, rounds, say) {
  const runs = new Map(steps.map(([name]) => [name, []]))
  for (let number = 1; number <= rounds; number++) {
    for (const [name, step] of steps) {
      say(`round ${number} of ${rounds}: ${name}`)
      runs.get(name).push(await step())
    }
  }
  return Object.fromEntries([...runs].map(([name, list]) => [name, medians(list)]))
}
