import type { CompiledSchemas } from '../schema/index.ts'
import type { MediaSchema } from '../vocabulary.ts'
import { isJson } from '../words/mediaTypes.ts'
import type { ContentReader, ContentReaderFor } from './content.ts'
import { jsonReader } from './json.ts'
import { multipartReader } from './multipart.ts'
import { constrainsText, textBodyReader } from './text.ts'
import { urlencodedReader } from './urlencoded.ts'

/** The reader for bodies of a media type; `null`: they are forwarded without being read. */
export type Offer = (essence: string) => ContentReader | null

/** Makes the readers of one documented media type, each on its first use: a range may need several. */
export function createOffer(media: MediaSchema, schemas: CompiledSchemas): Offer {
  const known = new Map<ContentReaderFor, ContentReader>()
  return (essence) => {
    const make = readerFor(essence, media, schemas)
    if (make === null) return null
    const reader = known.get(make) ?? make(media, schemas)
    known.set(make, reader)
    return reader
  }
}

function readerFor(essence: string, media: MediaSchema, schemas: CompiledSchemas): ContentReaderFor | null {
  if (isJson(essence)) return jsonReader
  if (essence === 'application/x-www-form-urlencoded') return urlencodedReader
  if (essence === 'multipart/form-data') return multipartReader
  return essence.startsWith('text/') && constrainsText(media.schema, schemas) ? textBodyReader : null
}
