import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeSpecification } from '../support/orders/specification.mjs'
import { commandLine } from '../support/paths.mjs'
import { medians, timed } from '../support/timed.mjs'

/** Routes of the document whose peak memory is measured; it has 12 MB. */
export const routes = 10_000

/** Time and peak memory of `generate`, and of a `check` of all stages, for a document of many routes. */
export async function measureMemory(folder, rounds, say) {
  writeSpecification(folder, routes)
  const runs = { generate: [], check: [] }
  for (let number = 1; number <= rounds; number++) {
    say(`round ${number} of ${rounds}: ${routes} routes`)
    rmSync(join(folder, 'generated'), { recursive: true, force: true })
    runs.generate.push(await timed([commandLine, 'generate'], { cwd: folder }))
    runs.check.push(await timed([commandLine, 'check'], { cwd: folder, env: { CI: 'true' } }))
  }
  return { generate: medians(runs.generate), check: medians(runs.check) }
}
