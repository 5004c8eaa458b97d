import { mediaTable, parseMediaType } from '../bodies/index.ts'
import type { CompiledSchemas } from '../schema/index.ts'
import type { AnswerPolicy, AnswerSchemas, MediaSchema } from '../vocabulary.ts'
import { essenceOf, isJson } from '../words/mediaTypes.ts'
import type { Reading } from './projected.ts'
import { createProjection, type Projection } from './projection.ts'

/** The handling of a body of one media type. */
export interface Found {
  readonly projection: Projection | 'pass'
  /** False: another JSON type than the documented one, such as `application/problem+json` for `application/json`. */
  readonly exact: boolean
}

/** One documented answer: how its media types are handled. */
export interface Documented {
  /** No content is documented. */
  readonly isEmpty: boolean
  /**
   * `null`: not a media type of this answer. A JSON type that is not documented is read as the one documented JSON type: frameworks
   * send their errors as `application/problem+json` whatever their document lists.
   */
  readonly find: (contentType: string | null | undefined) => Found | null
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
  const onlyJson = onlyJsonEntry(entries)
  const projections = new Map<MediaSchema, Projection | 'pass'>()
  const known = new Map<string, Found | null>()

  const projectionOf = ({ schema }: MediaSchema): Projection | 'pass' => {
    if (reading.passes(schema, policy)) return 'pass'
    return createProjection(schema, schemas, policy.check, policy.undeclared === 'drop')
  }

  const find = (contentType: string): Found | null => {
    const media = parseMediaType(contentType)
    if (media === null) return null
    const entry = table(media)?.value
    if (!isJson(media.essence)) return entry === undefined ? null : { projection: 'pass', exact: true }
    const schema = entry ?? onlyJson
    if (schema === null) return null
    const projection = projections.get(schema) ?? projectionOf(schema)
    projections.set(schema, projection)
    return { projection, exact: entry !== undefined }
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

/** The entry of the only documented JSON type, or of several with equal schemas, as ASP.NET lists them; else `null`. */
function onlyJsonEntry(entries: readonly (readonly [string, MediaSchema])[]): MediaSchema | null {
  const [first, ...others] = entries.filter(([type]) => isJson(essenceOf(type))).map(([, entry]) => entry)
  if (first === undefined) return null
  const schema = JSON.stringify(first.schema)
  return others.every((other) => JSON.stringify(other.schema) === schema) ? first : null
}
