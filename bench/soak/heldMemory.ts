import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '../../generator/dev/gateway.ts'
import {
  createHeldService,
  digestOf,
  exchange,
  type Got,
  listOf,
  readTypes,
  shownOf,
  uploadOf,
} from '../../test/support/heldBodies.ts'
import type { Measurement } from './verdict.ts'

/** Megabytes of resident memory that a gateway may take at most, with 512 MB of heap (rule F27). */
const most = 250

/**
 * The largest resident memory of a gateway with many large bodies at once: uploads that it reads whole, and answers that it prints for
 * clients that do not read. Each request must end with its answer or with a 503 that names a time, after which it is answered.
 */
export async function heldMemory(): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = []
  const measure = async (what: string, list: string, run: (port: number) => Promise<Counts>): Promise<void> => {
    const service = await createHeldService(list)
    const gateway = await startGateway(service.url)
    try {
      const { answered, refused, lost } = await run(gateway.port)
      const value = await gateway.peak()
      measurements.push({ what: `${what}; ${answered} answered at once, ${refused} later`, value, most, unit: 'MB' })
      measurements.push({ what: `${what}; requests that were lost`, value: lost, most: 0, unit: 'lost' })
    } finally {
      await gateway.close()
      await service.close()
    }
  }
  for (const callers of [1, 16]) {
    const who = callers === 1 ? 'of one caller' : `of ${callers} callers`
    await measure(`16 uploads of 10 MB ${who}`, '', (port) =>
      together(16, callers, (address) => {
        const body = uploadOf(10_000_000)
        return exchange(port, {
          method: 'POST',
          path: '/read',
          headers: { 'content-type': readTypes.multipart, 'x-forwarded-for': address },
          body,
        }).then((got) => [got, got.body.toString() === digestOf(body)])
      }),
    )
    // The system takes up to 2.6 MB of an answer on the loopback interface.
    for (const size of [1_000_000, 4_500_000]) {
      const list = listOf(size)
      const shown = digestOf(shownOf(list))
      await measure(`200 slow clients of an answer of ${size / 1_000_000} MB ${who}`, list, (port) => {
        const reads = new Promise<void>((resolve) => setTimeout(resolve, 4_000))
        return together(200, callers, (address) =>
          exchange(port, { method: 'GET', path: '/list', headers: { 'x-forwarded-for': address }, reads }).then(
            (got) => [got, digestOf(got.body) === shown],
          ),
        )
      })
    }
  }
  return measurements
}

interface Counts {
  readonly answered: number
  /** Refused at first, and answered after the time that the refusal named. */
  readonly refused: number
  readonly lost: number
}

async function together(
  count: number,
  callers: number,
  send: (address: string) => Promise<readonly [Got, boolean]>,
): Promise<Counts> {
  const counts = { answered: 0, refused: 0, lost: 0 }
  const one = async (at: number): Promise<void> => {
    const address = `192.0.2.${(at % callers) + 1}`
    let wasRefused = false
    for (let attempt = 0; attempt < 60; attempt++) {
      const [{ status, retryAfter }, isRight] = await send(address).catch(
        () => [{ status: 0, retryAfter: null }, false] as const,
      )
      if (status === 200 && isRight) {
        counts[wasRefused ? 'refused' : 'answered']++
        return
      }
      if (status !== 503 || retryAfter === null) break
      wasRefused = true
      await new Promise((resolve) => setTimeout(resolve, 1_000 * Number(retryAfter)))
    }
    counts.lost++
  }
  await Promise.all(Array.from({ length: count }, (_, at) => one(at)))
  return counts
}

async function startGateway(service: string) {
  const script = fileURLToPath(new URL('./heldGateway.js', import.meta.url))
  const child = spawn(process.execPath, [...nodeFlags, '--max-old-space-size=512', script, service], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  return {
    port: Number(line),
    peak: () => megabytes(child, 'VmHWM'),
    async close() {
      child.kill()
      await once(child, 'exit')
    },
  }
}

async function megabytes({ pid }: ChildProcess, name: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kibibytes = new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]
  return (Number(kibibytes) * 1_024) / 1_000_000
}
