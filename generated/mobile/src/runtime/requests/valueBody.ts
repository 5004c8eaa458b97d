import { type JsonValue, stringifyJson } from '../json/index.ts'
import { type Findings, find } from '../parameters/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { OperationSchemas } from '../vocabulary.ts'
import { isJson, mediaTypeOf } from '../words/mediaTypes.ts'

export interface WrittenBody {
  readonly contentType: string
  readonly bytes: Buffer
}

/** Writes a body from a value; `null`: there is none, or it is invalid and added to the findings. */
export type BodyWriter = (value: JsonValue | undefined, findings: Findings) => WrittenBody | null

/** Makes the writer of an operation's JSON bodies, in the first JSON media type of its contract. */
export function createBodyWriter(body: OperationSchemas['body'], schemas: CompiledSchemas): BodyWriter {
  const fault = (findings: Findings, detail: string): null => {
    find(findings, 'body', '', detail)
    return null
  }
  const found = Object.entries(body?.content ?? {}).find(
    ([name]) => name.includes('*') || isJson(mediaTypeOf(name) ?? ''),
  )
  if (found === undefined) {
    return (value, findings) => {
      if (value !== undefined) fault(findings, 'is not allowed here')
      else if (body?.required === true) fault(findings, 'is not JSON')
      return null
    }
  }
  const [name, media] = found
  const contentType = name.includes('*') ? 'application/json' : name
  const checker = schemas.checker(media.schema, 'request')

  return (value, findings) => {
    if (value === undefined) return body?.required === true ? fault(findings, 'is required') : null
    for (const { pointer, detail } of checker.faults(value)) find(findings, 'body', pointer, detail)
    const text = stringifyJson(value)
    return text === null ? fault(findings, 'is nested too deeply') : { contentType, bytes: Buffer.from(text) }
  }
}
