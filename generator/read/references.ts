import { decodePercent } from '../../templates/runtime/words/percent.ts'
import { escapeSegment } from '../../templates/runtime/words/pointers.ts'
import { pointedAt, referenceSegments } from '../support/index.ts'
import { isReference, type ReferenceNode, type Tree } from './tree.ts'
import type { Refusal } from './types.ts'

/** Whether a document refers to other documents, so that it must be bundled. */
export function leavesFile({ references, mappings }: Tree): boolean {
  return (
    references.some(({ $ref }) => !$ref.startsWith('#')) ||
    mappings.some((mapping) =>
      Object.values(mapping).some((value) => typeof value === 'string' && /\.(?:ya?ml|json)(?:#|$)/i.test(value)),
    )
  )
}

/** References within one file that have no target. After bundling they would be read as references into the root document. */
export function danglingReferences({ value, references }: Tree): readonly ReferenceNode[] {
  return references.filter(
    ({ $ref }) => $ref.startsWith('#/') && pointedAt(value, $ref) === undefined && !crossesReference(value, $ref),
  )
}

export function urlRefusal({ $ref }: ReferenceNode): Refusal {
  return {
    code: 'GW1201',
    message: `\`$ref: ${$ref}\` points to a URL. The generator makes no network requests.`,
    remedy: 'Keep a copy of the document beside the spec and refer to the copy.',
  }
}

export function missingTarget({ $ref }: ReferenceNode): Refusal {
  return { code: 'GW1204', message: `\`$ref: ${$ref}\` points to nothing.`, remedy: null }
}

export function circularRefusal({ $ref }: ReferenceNode): Refusal {
  return { code: 'GW1206', message: `\`$ref: ${$ref}\` leads back to itself.`, remedy: null }
}

/** OpenAPI 3.0 has no anchors: a fragment is a pointer. */
export function anchorRefusal({ $ref }: ReferenceNode): Refusal | null {
  const [, fragment = ''] = $ref.split('#')
  if (fragment === '' || fragment.startsWith('/')) return null
  return {
    code: 'GW1204',
    message: `\`$ref: ${$ref}\` points to nothing: OpenAPI 3.0 has no anchors.`,
    remedy: 'Write a pointer, such as `#/components/schemas/Order`, or declare OpenAPI 3.1.',
  }
}

/** The path part of a reference, or `null` when it has none. */
export function filePart({ $ref }: ReferenceNode): string | null {
  const path = decoded($ref.split('#')[0] ?? '')
  return path === '' || isUrl($ref) ? null : path
}

function crossesReference(root: unknown, reference: string): boolean {
  let node: unknown = root
  for (const segment of referenceSegments(reference) ?? []) {
    if (typeof node !== 'object' || node === null) return false
    if (isReference(node)) return true
    node = Reflect.get(node, segment)
  }
  return false
}

/** Whether a reference has a scheme (RFC 3986 section 3.1) or names a host (`//host/path`). */
export function isUrl(reference: string): boolean {
  return /^(?:[A-Za-z][A-Za-z0-9+.-]*:|[\\/]{2})/.test(reference)
}

/** `$ref`s are URI references: a file named `{id}.yaml` may be written `%7Bid%7D.yaml`. */
export function decoded(reference: string): string {
  return decodePercent(reference) ?? reference
}

/** The pointer of some segments, as the fragment of a URI reference. */
export function fragmentOf(segments: readonly string[]): string {
  return segments.map((segment) => `/${encoded(escapeSegment(segment))}`).join('')
}

/** Half a surrogate pair has no encoding (RFC 3986 section 2.5), so a name with one keeps its characters. */
function encoded(text: string): string {
  return /\p{Surrogate}/u.test(text) ? text.replaceAll('%', '%25') : encodeURIComponent(text)
}

/** Whether a value of a discriminator's mapping is a reference, not the name of a component. */
export function isMappingReference(value: string): boolean {
  return value.startsWith('#') || value.includes('/') || /\.(?:ya?ml|json)$/i.test(value)
}
