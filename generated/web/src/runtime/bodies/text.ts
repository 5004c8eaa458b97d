import { isUtf8 } from 'node:buffer'
import { Typing } from '../parameters/index.ts'
import { type CompiledSchemas, kindsOf, reach, STRING, stringFormats, textAt } from '../schema/index.ts'
import type { Schema } from '../vocabulary.ts'
import { type ContentReaderFor, checked, faultyContent } from './content.ts'

/** Reads text bodies whose schema has constraints. */
export const textBodyReader: ContentReaderFor = (media, schemas, rules) => {
  const check = checked(media, schemas, rules)
  const typing = new Typing(schemas, [media.schema])
  return (bytes) => {
    if (!isUtf8(bytes)) return faultyContent('is not valid UTF-8')
    return check(typing.scalar(bytes.toString('utf8')), () => bytes)
  }
}

const constraints = ['minLength', 'maxLength', 'pattern', 'enum', 'const', 'not', 'if']

/** Whether a text must be read to be validated. */
export function constrainsText(schema: Schema, schemas: CompiledSchemas): boolean {
  if ((kindsOf(schemas.table, schema) & STRING) === 0) return true
  return reach(schemas.table, [schema]).some(
    (node) =>
      constraints.some((keyword) => Object.hasOwn(node, keyword)) || stringFormats.has(textAt(node, 'format') ?? ''),
  )
}
