import { type MediaEntry, mediaTable, parseMediaType } from '../bodies/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { AnswerPolicy, AnswerSchemas, MediaSchema } from '../vocabulary.ts'
import { isJson } from '../words/mediaTypes.ts'
import type { Reading } from './projected.ts'
import { createProjection, type Projection } from './projection.ts'

/** One documented answer: how its media types are handled. */
export interface Documented {
  /** No content is documented. */
  readonly isEmpty: boolean
  /** `null`: not a media type of this answer. */
  readonly find: (contentType: string | null | undefined) => Projection | 'pass' | null
}

/** Maximum number of cached media types. Services send few; the limit bounds the memory if one sends arbitrary values. */
const maxKnown = 32

export function createDocumented(
  { content }: AnswerSchemas,
  policy: AnswerPolicy,
  schemas: CompiledSchemas,
  reading: Reading,
): Documented {
  const entries = Object.entries(content)
  const table = mediaTable(entries.map(([name, value]) => ({ name, value })))
  const projections = new Map<MediaEntry<MediaSchema>, Projection | 'pass'>()
  const known = new Map<string, Projection | 'pass' | null>()

  const projectionOf = ({ schema }: MediaSchema): Projection | 'pass' => {
    if (reading.passes(schema, policy)) return 'pass'
    return createProjection(schema, schemas, policy.check, policy.undeclared === 'drop')
  }

  const find = (contentType: string): Projection | 'pass' | null => {
    const media = parseMediaType(contentType)
    const entry = media === null ? null : table(media)
    if (media === null || entry === null) return null
    if (!isJson(media.essence)) return 'pass'
    const projection = projections.get(entry) ?? projectionOf(entry.value)
    projections.set(entry, projection)
    return projection
  }

  return {
    isEmpty: entries.length === 0,
    find(contentType) {
      if (contentType == null) return null
      const remembered = known.get(contentType)
      if (remembered !== undefined) return remembered
      const found = find(contentType)
      if (known.size < maxKnown) known.set(contentType, found)
      return found
    },
  }
}
