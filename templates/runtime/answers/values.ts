import type { JsonValue } from '../json/index.ts'
import type { ValueTreatment } from '../upstream/valueTreatment.ts'
import type { Problem } from '../words/problems.ts'
import { Projected, type Reading, type Report } from './projected.ts'
import type { Projection } from './projection.ts'

/** Answers as values inside the gateway: JSON is read whole, whatever its schema and policy. */
export const asValue: Reading = {
  passes: () => false,
  projected: (...of) => new ProjectedValue(...of),
}

class ProjectedValue extends Projected implements ValueTreatment {
  readonly #requestId: string
  readonly #projection: Projection
  readonly #otherwise: Problem
  readonly #report: Report

  constructor(requestId: string, status: number, projection: Projection, otherwise: Problem, report: Report) {
    super(requestId, status, projection, otherwise, report)
    this.#requestId = requestId
    this.#projection = projection
    this.#otherwise = otherwise
    this.#report = report
  }

  read(bytes: Buffer): { readonly kind: 'value'; readonly value: JsonValue } | Problem {
    const { faults, value } = this.#projection.read(bytes)
    if (faults.length > 0) this.#report(this.#requestId, this.status, faults)
    return value === undefined ? this.#otherwise : { kind: 'value', value }
  }
}
