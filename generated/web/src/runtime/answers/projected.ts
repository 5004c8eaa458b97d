import type { JsonValue } from '../json/index.ts'
import type { SchemaFault } from '../schema/index.ts'
import type { ProjectTreatment, WholeBody } from '../upstream/answer.ts'
import type { Problem } from '../words/problems.ts'
import type { Projection } from './projection.ts'

/** Called with the faults of an answer's body. */
export type Report = (status: number, faults: readonly SchemaFault[]) => void

/** An answer whose body is read whole and projected. */
export class Projected implements ProjectTreatment {
  readonly kind = 'project'
  readonly status: number
  readonly #projection: Projection
  readonly #otherwise: Problem
  readonly #report: Report

  /** `otherwise`: the answer for the client if nothing of the body may be shown. */
  constructor(status: number, projection: Projection, otherwise: Problem, report: Report) {
    this.status = status
    this.#projection = projection
    this.#otherwise = otherwise
    this.#report = report
  }

  project(bytes: Buffer): WholeBody | Problem {
    const { faults, output } = this.#projection.write(bytes)
    if (faults.length > 0) this.#report(this.status, faults)
    return output ?? this.#otherwise
  }

  read(bytes: Buffer): { readonly kind: 'value'; readonly value: JsonValue } | Problem {
    const { faults, value } = this.#projection.read(bytes)
    if (faults.length > 0) this.#report(this.status, faults)
    return value === undefined ? this.#otherwise : { kind: 'value', value }
  }
}
