import type { CompiledSchemas } from '../schema/index.ts'
import type { MediaSchema } from '../vocabulary.ts'
import { isJson } from '../words/mediaTypes.ts'
import type { BodyRules, ContentReader, ContentReaderFor } from './content.ts'
import { jsonReader } from './json.ts'
import { multipartReader } from './multipart.ts'
import { constrainsText, textBodyReader } from './text.ts'
import { urlencodedReader } from './urlencoded.ts'

/** What one documented media type says about bodies, by their own media type. */
export interface Offer {
  /** `null`: bodies are forwarded without being read. */
  readonly reader: (essence: string) => ContentReader | null
  /** Whether zero bytes are a value, such as an empty file; a value that the schema refuses; or no body, as in JSON. */
  readonly empty: (essence: string) => 'value' | 'faulty' | 'absent'
}

/** Makes the readers of one documented media type, each on its first use: a range may need several. */
export function createOffer(media: MediaSchema, schemas: CompiledSchemas, rules: BodyRules): Offer {
  const known = new Map<ContentReaderFor, ContentReader>()
  let isValue: boolean | null = null
  const reader = (essence: string): ContentReader | null => {
    const make = readerFor(essence, media, schemas)
    if (make === null) return null
    const made = known.get(make) ?? make(media, schemas, rules)
    known.set(make, made)
    return made
  }
  const empty = (essence: string): 'value' | 'faulty' | 'absent' => {
    const make = readerFor(essence, media, schemas)
    if ((make !== null && make !== textBodyReader) || /[/+]xml$/.test(essence)) return 'absent'
    isValue ??= schemas.checker(media.schema, 'request').fits('')
    return isValue ? 'value' : 'faulty'
  }
  return { reader, empty }
}

function readerFor(essence: string, media: MediaSchema, schemas: CompiledSchemas): ContentReaderFor | null {
  if (isJson(essence)) return jsonReader
  if (essence === 'application/x-www-form-urlencoded') return urlencodedReader
  if (essence === 'multipart/form-data') return multipartReader
  return essence.startsWith('text/') && constrainsText(media.schema, schemas) ? textBodyReader : null
}
