import type { WholeBody } from '../exchange/exchange.ts'
import { parseAnswer, stringifyJson } from '../json/index.ts'
import type { CompiledSchemas, SchemaFault } from '../schema/index.ts'
import type { AnswerPolicy, Schema } from '../vocabulary.ts'

export interface Projected {
  /** What does not fit the schema; empty when it was not checked. */
  readonly faults: readonly SchemaFault[]
  /** `null`: nothing of it may be shown. */
  readonly output: WholeBody | null
}

/** Checks and projects the bytes of a JSON answer. */
export type Projection = (bytes: Buffer) => Projected

const none: readonly SchemaFault[] = []

/** Makes the projection of answers of one schema. `drop` is false where only the check is wanted: the bytes then pass as they came. */
export function createProjection(
  schema: Schema,
  schemas: CompiledSchemas,
  check: AnswerPolicy['check'],
  drop: boolean,
): Projection {
  const checker = check === 'off' ? null : schemas.checker(schema, 'response')
  const project = schemas.projector(schema)

  const scan = drop ? schemas.scanner(schema, check !== 'off') : null

  const run: Projection = (bytes) => {
    const output = scan?.(bytes) ?? null
    if (output !== null) return { faults: none, output }
    const read = parseAnswer(bytes)
    if (read.kind === 'fault') return failed(read.detail)
    const faults = checker === null || checker.fits(read.value) ? none : checker.faults(read.value)
    if (faults.length > 0 && check === 'enforce') return { faults, output: null }
    if (!drop) return { faults, output: bytes }
    const value = project(read.value)
    if (value === undefined)
      return { faults: faults.length > 0 ? faults : failed('is not of a documented type').faults, output: null }
    const text = stringifyJson(value, read.exact)
    return text === null ? failed('is nested too deeply') : { faults, output: Buffer.from(text) }
  }

  return (bytes) => {
    try {
      return run(bytes)
    } catch (error) {
      // Checking and projecting follow the nesting of an answer: only the stack bounds it.
      if (error instanceof RangeError) return failed('is nested too deeply')
      throw error
    }
  }
}

function failed(detail: string): Projected {
  return { faults: [{ pointer: '', detail }], output: null }
}
