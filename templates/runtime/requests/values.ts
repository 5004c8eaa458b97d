import type { JsonValue } from '../json/index.ts'
import type { Findings } from '../parameters/index.ts'
import { type ParameterValues, shallow, valueInput } from '../parameters/writing/inputs.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { OutgoingHeaders } from '../upstream/request.ts'
import type { OperationSchemas } from '../vocabulary.ts'
import { isClientHeader } from '../words/headers.ts'
import { type Problem, problem } from '../words/problems.ts'
import type { RequestInputs } from './build.ts'
import { createBodyWriter } from './valueBody.ts'

/** The inputs of an operation as values, by place and name. One that is absent is not sent. */
export interface OperationValues {
  readonly path?: ParameterValues
  readonly query?: ParameterValues
  /** Names in any case. */
  readonly header?: ParameterValues
  readonly cookie?: ParameterValues
  /** Sent as JSON. */
  readonly body?: JsonValue
}

/** The inputs of an operation, written from values. */
export interface WrittenInputs extends RequestInputs {
  readonly body: Buffer | null
}

/** Writes the inputs of an operation; a problem with the findings if they do not match its contract. */
export type ValueWriter = (values: OperationValues) => WrittenInputs | Problem

const none: ParameterValues = {}

/** Makes the writer of an operation's inputs. Header fields that only the gateway sets are never written from a value. */
export function createValueWriter(operation: OperationSchemas, schemas: CompiledSchemas): ValueWriter {
  const fields = lowerCase(operation.header)
  const settable = Object.entries(fields).filter(([name]) => isClientHeader(name))
  const writePath = valueInput('path', operation.path, schemas)
  const writeQuery = valueInput('query', operation.query, schemas)
  const writeHeaders = valueInput('header', Object.fromEntries(settable), schemas)
  const writeCookies = valueInput('cookie', operation.cookie, schemas)
  const writeBody = createBodyWriter(operation.body, schemas)

  return (values) => {
    const findings: Findings = []
    const path = new Map(writePath(values.path ?? none, findings))
    const query = writeQuery(values.query ?? none, findings).map(([, text]) => text)
    const headers: OutgoingHeaders = Object.fromEntries(writeHeaders(lowerCase(values.header ?? none), findings))
    const cookies = writeCookies(values.cookie ?? none, findings)
    const body = shallow(() => writeBody(values.body, findings), 'body', '', findings)
    if (findings.length > 0) return problem('invalid-request', { errors: findings, reason: 'parameter-invalid' })
    if (cookies.length > 0) headers['cookie'] = cookies.map(([name, text]) => `${name}=${text}`).join('; ')
    if (body !== null) headers['content-type'] = body.contentType
    return { path, query, headers, body: body?.bytes ?? null }
  }
}

function lowerCase<T>(fields: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(fields).map(([name, of]) => [name.toLowerCase(), of]))
}
