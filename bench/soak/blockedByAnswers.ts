import { createProjection } from '../../templates/runtime/answers/projection.ts'
import { compileSchemas } from '../../templates/runtime/schema/index.ts'
import { longAnswer, pageOfOrders, spellingsOfAnswers } from '../../test/support/longAnswers.ts'
import type { Measurement } from './verdict.ts'

const attempts = 7
/** Milliseconds. Answers that do not fit are parsed, checked, projected and printed: each of the four is one piece. */
const most = { piece: 10, parsed: 100 } as const

/**
 * Milliseconds of processor time of the longest piece in which an answer is projected, for which the event loop stands still: the
 * median of several attempts after a first one (rule F30).
 */
export async function blockedByAnswers(): Promise<readonly Measurement[]> {
  const projection = createProjection(
    pageOfOrders,
    compileSchemas({ operations: {}, schemas: {}, linear: [] }),
    'report',
    true,
  )
  const measurements: Measurement[] = []
  for (const megabytes of [1, 5]) {
    for (const spelling of spellingsOfAnswers) {
      const bytes = Buffer.from(longAnswer(spelling, megabytes * 1_000_000))
      const times: number[] = []
      for (let attempt = 0; attempt <= attempts; attempt += 1)
        times.push(await longestPiece(() => projection.write(bytes, { gone: false })))
      const value = times.slice(1).sort((a, b) => a - b)[Math.floor(attempts / 2)] ?? Number.NaN
      const what = `a piece of an answer of ${megabytes} MB that is projected: ${spelling}`
      measurements.push({ what, value, most: spelling === 'drifting' ? most.parsed : most.piece, unit: 'ms' })
    }
  }
  return measurements
}

/** The longest turn of the event loop until the promise is settled. */
async function longestPiece(start: () => unknown): Promise<number> {
  let longest = 0
  let over = false
  let from = process.cpuUsage()
  const turn = () => {
    longest = Math.max(longest, process.cpuUsage(from).user / 1000)
    from = process.cpuUsage()
    if (!over) setImmediate(turn)
  }
  const promise = start()
  turn()
  await promise
  over = true
  turn()
  return longest
}
