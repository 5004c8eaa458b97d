import type { SchemaNode } from '../../model/types.ts'
import { isBodiless } from '../draft/routes/bodiless.ts'
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
 * A JSON answer without a schema, for an external client. It cannot be projected to declared members, so it must not be passed on.
 * Content of answers without a body, such as 204, does not count. Answers that are not JSON (documents, images) are declared as a whole
 * by their media type. Error answers of a service are never passed on unchanged.
 */
export const schemalessForOutsiders: Check = {
  of: 'route',
  find: (route, { manifest }) => {
    if (manifest.audience !== 'external') return []
    return route.operation.responses
      .filter(({ status }) => /^[123]|^default$/.test(status) && !isBodiless(route.method, status))
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
