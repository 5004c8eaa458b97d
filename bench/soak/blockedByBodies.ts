import { performance } from 'node:perf_hooks'
import { longBodies, startLongBodies } from '../../test/support/longBodies.ts'
import { send } from '../../test/support/sampleSystem.ts'
import type { Measurement } from './verdict.ts'

const attempts = 7

/**
 * Milliseconds of processor time, within the time in which the event loop was active, that a gateway spends on each body of a megabyte
 * whose check exceeds its budget: the median of several attempts after a first one (rule P15).
 */
export async function blockedByBodies(): Promise<readonly Measurement[]> {
  const gateway = await startLongBodies()
  const measurements: Measurement[] = []
  try {
    for (const { what, path, type, body } of longBodies) {
      const bytes = Buffer.from(body)
      const once = async () => {
        const before = performance.eventLoopUtilization()
        const from = process.cpuUsage()
        await send(gateway.url, 'POST', path, { 'content-type': type }, bytes)
        return Math.min(process.cpuUsage(from).user / 1000, performance.eventLoopUtilization(before).active)
      }
      await once()
      const times: number[] = []
      while (times.length < attempts) times.push(await once())
      const value = times.sort((a, b) => a - b)[Math.floor(attempts / 2)] ?? Number.NaN
      measurements.push({ what, value, most: 100, unit: 'ms' })
    }
  } finally {
    await gateway.close()
  }
  return measurements
}
