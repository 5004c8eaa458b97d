import { isNeutral, type SchemaFault } from '../schema/index.ts'
import type { Recipient } from '../support/turns.ts'
import type { ProjectTreatment, WholeBody } from '../upstream/answer.ts'
import type { AnswerPolicy, Schema } from '../vocabulary.ts'
import type { Problem } from '../words/problems.ts'
import type { Projection, WrittenAnswer } from './projection.ts'

/** Called with the faults of an answer's body. */
export type Report = (requestId: string, status: number, faults: readonly SchemaFault[]) => void

/** An answer whose body is read whole and projected. */
export class Projected implements ProjectTreatment {
  readonly kind = 'project'
  readonly status: number
  readonly #requestId: string
  readonly #projection: Projection
  readonly #otherwise: Problem
  readonly #report: Report

  /** `otherwise`: the answer for the client if nothing of the body may be shown. */
  constructor(requestId: string, status: number, projection: Projection, otherwise: Problem, report: Report) {
    this.#requestId = requestId
    this.status = status
    this.#projection = projection
    this.#otherwise = otherwise
    this.#report = report
  }

  get id(): string | null {
    return this.#projection.id
  }

  project(bytes: Buffer, recipient: Recipient): WholeBody | Problem | Promise<WholeBody | Problem> {
    const written = this.#projection.write(bytes, recipient)
    return written instanceof Promise ? written.then((late) => this.#bodyOf(late)) : this.#bodyOf(written)
  }

  #bodyOf({ faults, output }: WrittenAnswer): WholeBody | Problem {
    if (faults.length > 0) this.#report(this.#requestId, this.status, faults)
    if (output !== null) return output
    const [first] = faults
    // A pointer may have names of a map in it, which are data.
    return first === undefined
      ? this.#otherwise
      : { ...this.#otherwise, detail: `status ${this.status}: ${first.detail}` }
  }
}

/** How answers are read: for a client, or as values inside the gateway. */
export interface Reading {
  /** Whether JSON of this schema is forwarded unread. */
  passes(schema: Schema, policy: AnswerPolicy): boolean
  projected(...of: ConstructorParameters<typeof Projected>): ProjectTreatment
}

/** Answers for a client: JSON is read only if it may have to be checked or reduced. */
export const forClient: Reading = {
  passes: (schema, { undeclared, check }) => isNeutral(schema) || (undeclared === 'pass' && check === 'off'),
  projected: (...of) => new Projected(...of),
}
