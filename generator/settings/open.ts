import { below, type JsonValue, type Origin } from '../support/index.ts'
import type { OpenUse } from './types.ts'
import { section } from './values.ts'

/** The members of `open`, in the order written. */
export function opensOf(written: JsonValue, origin: Origin): readonly OpenUse[] {
  return Object.entries(section(written, origin).value).flatMap(([pointer, because]) =>
    typeof because === 'string' ? [{ pointer, because, origin: below(origin, pointer) }] : [],
  )
}

/** JSON Schema of `open`. */
export const openSchema = {
  type: 'object',
  minProperties: 1,
  propertyNames: {
    title: 'the status of an answer and a pointer into it, such as `/200/items/*/details`',
    type: 'string',
    pattern: '^/(?:[1-4](?:[0-9][0-9]|XX)|default)(?:/|$)',
  },
  additionalProperties: { title: 'a reason', type: 'string', pattern: '\\S' },
}
