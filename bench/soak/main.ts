import { blockedByAnswers } from './blockedByAnswers.ts'
import { blockedByBodies } from './blockedByBodies.ts'
import { heldMemory } from './heldMemory.ts'
import { eventStreams } from './streams/index.ts'
import { verdictOf } from './verdict.ts'

// `npm run soak`: measures what has a limit in time or memory. Run it alone: other work on the machine lengthens what is measured.
// Arguments name the cases to run.

const cases = {
  bodies: blockedByBodies,
  answers: blockedByAnswers,
  memory: heldMemory,
  streams: eventStreams,
} as const
const named = process.argv.slice(2)
const unknown = named.find((name) => !Object.hasOwn(cases, name))
if (unknown !== undefined) throw new Error(`${unknown} is none of the cases: ${Object.keys(cases).join(', ')}`)
const measurements = []
for (const [name, measure] of Object.entries(cases)) {
  if (named.length === 0 || named.includes(name)) measurements.push(...(await measure()))
}
const verdict = verdictOf(measurements)
process.stdout.write(`${verdict.lines.join('\n')}\n`)
process.exitCode = verdict.held ? 0 : 1
