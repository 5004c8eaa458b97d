import { decodePercent } from '../../templates/runtime/words/percent.ts'
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
