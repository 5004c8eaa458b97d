import type { JsonValue } from '../json/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { MediaSchema } from '../vocabulary.ts'
import type { Fault } from '../words/problems.ts'
import type { MediaType } from './media.ts'

/** Members of a body that the gateway fills: name and value. */
export type Filling = readonly (readonly [name: string, value: JsonValue])[]

/** Result of checking a body: the bytes to forward, or the faults. */
export type Content =
  | { readonly kind: 'content'; readonly bytes: Buffer }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }

/** Checks a body of one media type. */
export type ContentReader = (bytes: Buffer, media: MediaType, filling: Filling) => Content

/** Makes the reader of a documented media type. */
export type ContentReaderFor = (media: MediaSchema, schemas: CompiledSchemas) => ContentReader

export function faultyContent(detail: string, pointer = ''): Content {
  return { kind: 'faults', faults: [{ in: 'body', pointer, detail }] }
}

/** Checks a body's value against its schema. */
export function checked(
  media: MediaSchema,
  schemas: CompiledSchemas,
): (value: JsonValue, bytes: () => Buffer) => Content {
  const checker = schemas.checker(media.schema, 'request')
  return (value, bytes) => {
    if (checker.fits(value)) return { kind: 'content', bytes: bytes() }
    return { kind: 'faults', faults: checker.faults(value).map((fault) => ({ in: 'body', ...fault })) }
  }
}
