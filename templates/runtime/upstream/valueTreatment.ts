import type { JsonValue } from '../json/index.ts'
import type { Problem } from '../words/problems.ts'
import type { ProjectTreatment, Treatment } from './answer.ts'

/** The body is read whole, also as a value for a caller inside the gateway. */
export interface ValueTreatment extends ProjectTreatment {
  read(bytes: Buffer): { readonly kind: 'value'; readonly value: JsonValue } | Problem
}

export function isValueTreatment(treatment: Treatment): treatment is ValueTreatment {
  return treatment.kind === 'project' && 'read' in treatment
}
