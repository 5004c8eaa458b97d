import { type JsonValue, parseAnswer, stringifyJson, TooMuchWork, work } from '../json/index.ts'
import { type CompiledSchemas, pieceSize, type Scanned, type SchemaFault } from '../schema/index.ts'
import type { Recipient } from '../support/turns.ts'
import type { WholeBody } from '../upstream/answer.ts'
import type { AnswerPolicy, Schema } from '../vocabulary.ts'
import { atOnce, inTurns, type Pieces } from './pieces.ts'

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
  /** The identity of what is written; `null`: the bytes stay unchanged. */
  readonly id: string | null
  /** A promise for an answer that is longer than a piece: it is written in several turns of the event loop. */
  write(bytes: Buffer, recipient: Recipient): WrittenAnswer | Promise<WrittenAnswer>
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

  function* readPieces(bytes: Buffer): Pieces<ReadAnswer> {
    const parsed = parseAnswer(bytes)
    if (parsed.kind === 'fault') return failed(parsed.detail)
    const { value, exact } = parsed
    yield
    const faults = checker === null || checker.fits(value) ? none : checker.faults(value)
    if (faults.length > 0 && check === 'enforce') return { faults, value: undefined, exact }
    if (!drop) return { faults, value, exact }
    yield
    const declared = project(value)
    if (declared === undefined && faults.length === 0) return failed('is not of a documented type')
    return { faults, value: declared, exact }
  }

  /** `scanned`: the result of the first piece. */
  function* writePieces(bytes: Buffer, scanned: Scanned): Pieces<WrittenAnswer> {
    let output = scanned
    while (typeof output === 'function') {
      output = output()
      yield
    }
    if (output !== null) return { faults: none, output }
    const { faults, value, exact } = yield* readPieces(bytes)
    if (value === undefined) return { faults, output: null }
    if (!drop) return { faults, output: bytes }
    yield
    const text = stringifyJson(value, exact)
    return text === null ? { faults: tooDeep.faults, output: null } : { faults, output: Buffer.from(text) }
  }

  function* scanPieces(bytes: Buffer): Pieces<WrittenAnswer> {
    return yield* writePieces(bytes, scan === null ? null : scan(bytes))
  }

  return {
    get id() {
      return drop ? schemas.fingerprint(schema) : null
    },
    write: (bytes, recipient) => {
      if (bytes.length > pieceSize) {
        return inTurns(scanPieces(bytes), work.answerSteps, recipient).then(
          (written) => written ?? { faults: none, output: null },
          (error: unknown) => ({ faults: excess(error).faults, output: null }),
        )
      }
      work.beginAnswer()
      try {
        const scanned = scan === null ? null : scan(bytes)
        return typeof scanned === 'string' ? { faults: none, output: scanned } : atOnce(writePieces(bytes, scanned))
      } catch (error) {
        return { faults: excess(error).faults, output: null }
      } finally {
        work.end()
      }
    },
    read: (bytes) => {
      work.beginAnswer()
      try {
        return atOnce(readPieces(bytes))
      } catch (error) {
        return excess(error)
      } finally {
        work.end()
      }
    },
  }
}

function failed(detail: string): ReadAnswer {
  return { faults: [{ pointer: '', detail }], value: undefined, exact: false }
}

const tooDeep = failed('is nested too deeply')

/**
 * Checking and projecting recurse with the nesting of an answer: one that is too deep overflows the stack. One that takes more
 * steps than the budget has (rule P15) is not checked to its end. Any other error is thrown again.
 */
function excess(error: unknown): ReadAnswer {
  if (error instanceof RangeError) return tooDeep
  if (error instanceof TooMuchWork) return failed(error.message)
  throw error
}
