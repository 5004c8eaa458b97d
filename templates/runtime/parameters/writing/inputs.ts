import { type JsonValue, TooMuchWork } from '../../json/index.ts'
import type { CompiledSchemas } from '../../schema/index.ts'
import type { ParameterSchema } from '../../vocabulary.ts'
import type { Fault } from '../../words/problems.ts'
import { acceptance, type Findings, find } from '../findings.ts'
import { absent, faulty, type Reading } from '../reading.ts'
import { writeCookie, writeHeader, writePath, writeQuery } from './writers.ts'

/** Values of parameters by name; one that is absent is not sent. */
export type ParameterValues = Readonly<Record<string, JsonValue>>

/** Writes the declared parameters of one place from values: names and texts, in the order of their declaration. */
export type ValueInput = (
  values: ParameterValues,
  findings: Findings,
) => readonly (readonly [name: string, text: string])[]

const writers = { path: writePath, query: writeQuery, header: writeHeader, cookie: writeCookie } as const

/** Makes the writer of one place. A value that does not fit its schema or is not declared becomes a finding and is not sent. */
export function valueInput(
  place: keyof typeof writers,
  parameters: Readonly<Record<string, ParameterSchema>>,
  schemas: CompiledSchemas,
): ValueInput {
  const inputs = Object.entries(parameters).map(([name, parameter]) => ({
    name,
    parameter,
    accept: acceptance(place, name, parameter, schemas),
  }))

  const readingOf = (name: string, parameter: ParameterSchema, values: ParameterValues): Reading => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) return absent
    const wire = writers[place](name, parameter, value)
    return wire === null ? faulty(`cannot be written into a ${place}`) : { kind: 'read', value, wire }
  }

  return (values, findings) => {
    for (const name of Object.keys(values)) {
      if (!Object.hasOwn(parameters, name)) find(findings, place, name, 'is not allowed here')
    }
    return inputs.flatMap(({ name, parameter, accept }) => {
      const text = shallow(() => accept(readingOf(name, parameter, values), findings), place, name, findings)
      return text === null ? [] : [[name, text] as const]
    })
  }
}

/**
 * What `write` returns. Writing and checking recurse with a value's nesting: one that overflows the stack becomes a finding, and so
 * does one that takes too long (rule P15).
 */
export function shallow<T>(write: () => T | null, place: Fault['in'], pointer: string, findings: Findings): T | null {
  try {
    return write()
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TooMuchWork)) throw error
    find(findings, place, pointer, error instanceof TooMuchWork ? error.message : 'is nested too deeply')
    return null
  }
}
