import type { OperationModel } from '../../model/types.ts'

/** Words that mark an operation as administration or as an internal of its service. */
const marks: ReadonlySet<string> = new Set(['admin', 'internal', 'debug', 'metrics', 'private'])

/**
 * What marks an operation as administration or an internal: `x-internal: true`, or a word of a segment of its path, of a
 * tag or of its id, in words for a comment; `null`: nothing does. `health` counts as the last segment only, since it is a
 * subject of its own in other places.
 */
export function markOf({ path, tags, operationId, internal }: OperationModel): string | null {
  if (internal) return '`x-internal: true` in the document'
  const segments = path.segments.map((pieces) =>
    pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '-')).join(''),
  )
  const marked = (text: string): boolean => wordsOf(text).some((word) => marks.has(word))
  const segment = segments.find(marked)
  if (segment !== undefined) return `\`${segment}\` in the path`
  if (segments.at(-1)?.toLowerCase() === 'health') return '`health` at the end of the path'
  const tag = tags.find(marked)
  if (tag !== undefined) return `tag \`${tag}\``
  return operationId !== null && marked(operationId) ? `\`${operationId}\`` : null
}

/** `listAdmin_users` as `list`, `admin`, `users`; `APIAdmin` as `api`, `admin`. */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
}
