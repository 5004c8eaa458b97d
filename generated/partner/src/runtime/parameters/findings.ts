import type { Checker, CompiledSchemas } from '../schema/index.ts'
import type { ParameterSchema } from '../vocabulary.ts'
import type { Fault } from '../words/problems.ts'
import type { Reading } from './reading.ts'

/** The collected faults of a request. */
export type Findings = Fault[]

/** Maximum faults in one problem. */
const maxFindings = 10

export function find(findings: Findings, place: Fault['in'], pointer: string, detail: string): void {
  if (findings.length < maxFindings) findings.push({ in: place, pointer, detail })
}

/** Checks what was read of a parameter. Returns the text to send, or `null`; adds findings for what is wrong. */
export type Acceptance = (reading: Reading, findings: Findings) => string | null

/** Makes the check of a declared parameter. */
export function acceptance(
  place: Fault['in'],
  name: string,
  parameter: ParameterSchema,
  schemas: CompiledSchemas,
): Acceptance {
  const checker: Checker = schemas.checker(parameter.schema, 'request')
  return (reading, findings) => {
    switch (reading.kind) {
      case 'fault':
        find(findings, place, name + reading.pointer, reading.detail)
        return null
      case 'absent':
        if (parameter.required) find(findings, place, name, 'is required')
        return null
      case 'read':
        if (checker.fits(reading.value)) return reading.wire
        for (const { pointer, detail } of checker.faults(reading.value)) find(findings, place, name + pointer, detail)
        return null
    }
  }
}
