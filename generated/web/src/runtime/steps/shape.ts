import { isWhole } from '../answers/endings.ts'
import type { Step } from '../exchange/exchange.ts'
import { problem } from '../words/problems.ts'

/** Reduces an answer that was read whole to what the client may see; other answers stay unchanged. */
export const project: Step = ({ answer }) => {
  if (answer === null) return problem('internal')
  if (answer.treatment.kind !== 'project' || !Buffer.isBuffer(answer.body)) return undefined
  const projected = answer.treatment.project(answer.body)
  if (!isWhole(projected)) return projected
  answer.body = projected
  return undefined
}
