import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine } from '../support/paths.mjs'
import { linearFit, round } from '../support/statistics.mjs'
import { medians, timed } from '../support/timed.mjs'
import { prepareCopies } from './specification.mjs'

/** Time and memory of `generate` by number of services, and a linear fit. */
export async function measureGrowth(folder, sizes, rounds, say) {
  for (const services of sizes) {
    say(`preparing ${services} services`)
    await prepareCopies(join(folder, String(services)), services)
  }
  const runs = new Map(sizes.map((services) => [services, []]))
  for (let number = 1; number <= rounds; number++) {
    for (const services of sizes) {
      say(`round ${number} of ${rounds}: ${services} services`)
      const cwd = join(folder, String(services))
      rmSync(join(cwd, 'generated'), { recursive: true, force: true })
      runs.get(services).push(await timed([commandLine, 'generate'], { cwd }))
    }
  }
  const points = [...runs].map(([services, list]) => ({ services, ...medians(list) }))
  const fit = (name) => {
    const { base, slope, r2 } = linearFit(points.map((point) => ({ x: point.services, y: point[name] })))
    return { base: round(base, 3), perService: round(slope, 4), r2: round(r2, 4) }
  }
  return { points, seconds: fit('seconds'), cpu: fit('cpu'), memory: fit('memory') }
}
