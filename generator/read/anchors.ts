import { escapeSegment } from '../../templates/runtime/words/pointers.ts'
import { parseUrl } from '../../templates/runtime/words/urls.ts'
import { pointerSegments } from '../support/index.ts'
import type { Origins, ReferenceNode, Tree } from './tree.ts'

/** Base URL of every document, for resolving `$id`s. It is never fetched. */
const base = 'http://document.invalid/'

/**
 * Rewrites references by `$id` and `$anchor` (JSON Schema 2020-12 section 8.2, as OpenAPI 3.1 uses it) to pointers, in place, if their
 * target is in the same file.
 */
export function settleAnchors({ references, named }: Tree, origins: Origins): void {
  if (named.length === 0) return
  const resources = new Map<string, string>()
  for (const node of named) {
    const id = textOf(node, '$id')
    if (id !== null) resources.set(address(id, base), pointerOf(node, origins))
  }
  const homes = [...resources].sort(([, a], [, b]) => b.length - a.length)
  const homeOf = (pointer: string): string =>
    homes.find(([, home]) => pointer === home || pointer.startsWith(`${home}/`))?.[0] ?? base

  const anchors = new Map<string, string>()
  for (const node of named) {
    const anchor = textOf(node, '$anchor')
    const pointer = pointerOf(node, origins)
    if (anchor !== null) anchors.set(`${homeOf(pointer)}#${anchor}`, pointer)
  }

  for (const node of references) {
    if (node.$ref.startsWith('#/')) continue
    const target = find(node, homeOf(pointerOf(node, origins)), resources, anchors)
    if (target !== null) node.$ref = `#${encode(target)}`
  }
}

function find(
  node: ReferenceNode,
  home: string,
  resources: ReadonlyMap<string, string>,
  anchors: ReadonlyMap<string, string>,
): string | null {
  const full = address(node.$ref, home)
  const [resource = '', fragment = ''] = full.split('#')
  const root = resources.get(resource)
  if (fragment === '') return root ?? null
  if (fragment.startsWith('/')) return root === undefined ? null : root + fragment
  return anchors.get(full) ?? null
}

function address(reference: string, from: string): string {
  return parseUrl(reference, from)?.href ?? reference
}

function encode(pointer: string): string {
  return pointerSegments(pointer)
    .map((segment) => `/${encodeURIComponent(escapeSegment(segment))}`)
    .join('')
}

function pointerOf(node: object, origins: Origins): string {
  return origins.get(node)?.pointer ?? ''
}

function textOf(node: object, name: string): string | null {
  const value: unknown = Reflect.get(node, name)
  return typeof value === 'string' ? value : null
}
