import { type JsonValue, parseAnswer, stringifyJson } from '../json/index.ts'
import type { CompiledSchemas, SchemaFault } from '../schema/index.ts'
import type { WholeBody } from '../upstream/answer.ts'
import type { AnswerPolicy, Schema } from '../vocabulary.ts'

/** An answer for a client. */
export interface WrittenAnswer {
  /** What does not fit the schema; empty when it was not checked. */
  readonly faults: readonly SchemaFault[]
  /** `null`: nothing of it may be shown. */
  readonly output: WholeBody | null
}

/** An answer as a value. */
export interface ReadAnswer {
  readonly faults: readonly SchemaFault[]
  /** `undefined`: nothing of it may be used. */
  readonly value: JsonValue | undefined
  /** Whether it contains numbers that are kept as text. */
  readonly exact: boolean
}

/** Checks the bytes of a JSON answer, and reduces it to what its schema declares. */
export interface Projection {
  write(bytes: Buffer): WrittenAnswer
  read(bytes: Buffer): ReadAnswer
}

const none: readonly SchemaFault[] = []

/** Makes the projection of answers of one schema. `drop` false: answers are only checked, and the bytes stay unchanged. */
export function createProjection(
  schema: Schema,
  schemas: CompiledSchemas,
  check: AnswerPolicy['check'],
  drop: boolean,
): Projection {
  const checker = check === 'off' ? null : schemas.checker(schema, 'response')
  const project = schemas.projector(schema)
  const scan = drop ? schemas.scanner(schema, check !== 'off') : null

  const read = (bytes: Buffer): ReadAnswer => {
    const parsed = parseAnswer(bytes)
    if (parsed.kind === 'fault') return failed(parsed.detail)
    const { value, exact } = parsed
    const faults = checker === null || checker.fits(value) ? none : checker.faults(value)
    if (faults.length > 0 && check === 'enforce') return { faults, value: undefined, exact }
    if (!drop) return { faults, value, exact }
    const declared = project(value)
    if (declared === undefined && faults.length === 0) return failed('is not of a documented type')
    return { faults, value: declared, exact }
  }

  const write = (bytes: Buffer): WrittenAnswer => {
    const output = scan?.(bytes) ?? null
    if (output !== null) return { faults: none, output }
    const { faults, value, exact } = read(bytes)
    if (value === undefined) return { faults, output: null }
    if (!drop) return { faults, output: bytes }
    const text = stringifyJson(value, exact)
    return text === null ? { faults: tooDeep.faults, output: null } : { faults, output: Buffer.from(text) }
  }

  return {
    write: (bytes) => {
      try {
        return write(bytes)
      } catch (error) {
        if (!isTooDeep(error)) throw error
        return { faults: tooDeep.faults, output: null }
      }
    },
    read: (bytes) => {
      try {
        return read(bytes)
      } catch (error) {
        if (!isTooDeep(error)) throw error
        return tooDeep
      }
    },
  }
}

function failed(detail: string): ReadAnswer {
  return { faults: [{ pointer: '', detail }], value: undefined, exact: false }
}

const tooDeep = failed('is nested too deeply')

/** Checking and projecting recurse with the nesting of an answer: one that is too deep overflows the stack. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError
}
