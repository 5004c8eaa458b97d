import type { Route } from '../../../../templates/runtime/vocabulary.ts'
import { segmentsOf, splitSegment } from '../../../../templates/runtime/words/pathTemplates.ts'
import { foldedShape, isWithin } from '../../../../templates/runtime/words/siblings.ts'
import type { JsonObject } from '../../../read/types.ts'
import type { TranslatedParameter } from '../schemas/index.ts'

const slashNote =
  'A slash in the value is sent as `%2F`. It may not begin or end the value, nor stand beside another slash, `.` or `..`.'
const note = 'Values that make the path of another operation of the service are answered with 404.'

/**
 * Adds to a path parameter that some of its values are not the route's, and whether a value may have slashes. The contract does not name
 * operations that are not exposed.
 */
export function withReservedNote(
  object: JsonObject,
  { model }: TranslatedParameter,
  { action, request }: Pick<Route, 'action' | 'request'>,
): JsonObject {
  if (model.in !== 'path') return object
  const isSlashed = request.encodedSlash?.includes(model.name) ?? false
  const isReserved = namesWithReservedValues(action, request).includes(model.name)
  if (!isSlashed && !isReserved) return object
  const { name, in: place, summary, description, ...others } = object
  const text = [
    ...(typeof description === 'string' ? [description] : []),
    ...(isSlashed ? [slashNote] : []),
    ...(isReserved ? [note] : []),
  ].join('\n\n')
  return {
    name: name ?? '',
    in: place ?? '',
    ...(summary === undefined ? {} : { summary }),
    description: text,
    ...others,
  }
}

/** Names of the parameters whose values decide whether a path is that of another operation. */
function namesWithReservedValues(
  { path, reserved = [] }: Route['action'],
  { encodedSlash = [] }: Route['request'],
): readonly string[] {
  const own = segmentsOf(path)
  return reserved.flatMap((template) => {
    const other = segmentsOf(template)
    if (other.length !== own.length) return encodedSlash
    return own.flatMap((segment, at) => {
      const parts = splitSegment(segment)
      const wanted = foldedShape(splitSegment(other[at] ?? '').literals)
      return isWithin(foldedShape(parts.literals), wanted) ? [] : parts.names
    })
  })
}
