import type { SchemaNode } from '../../model/types.ts'
import { mayBeJson } from '../draft/routes/media.ts'
import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

const annotations: ReadonlySet<string> = new Set([
  'title',
  'description',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
])

/**
 * JSON that no schema describes cannot be projected to what is declared, so none of it may reach an outsider. Answers that are no
 * JSON (documents, images) are declared as a whole by their media type. Errors of a service never reach a client in its words.
 */
export const schemalessForOutsiders: Check = {
  of: 'route',
  find: (route, { manifest }) => {
    if (manifest.audience !== 'external') return []
    return route.operation.responses
      .filter(({ status }) => /^[123]|^default$/.test(status))
      .flatMap(({ status, content }) =>
        content
          .filter(({ type, schema }) => mayBeJson(type) && saysNothing(schema))
          .map((media) => ({ status, media })),
      )
      .map(({ status, media }) => ({
        message: `${selectorOf(route)} answers ${status} with ${media.type} without a schema, to \`${manifest.id}\`, which is external.`,
        origin: route.origin,
        related: [{ origin: media.origin, message: 'is the answer' }],
        remedy: 'Declare a schema for the answer, in the spec or in an overlay.',
      }))
  },
}

function saysNothing(node: SchemaNode | null): boolean {
  if (node === null || node.schema === true) return true
  return typeof node.schema === 'object' && Object.keys(node.schema ?? {}).every((keyword) => annotations.has(keyword))
}
