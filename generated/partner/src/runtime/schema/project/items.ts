import { type JsonValue, work } from '../../json/index.ts'
import type { Schema } from '../../vocabulary.ts'
import { type Node, schemaAt, schemasAt } from '../node.ts'
import { describesArrays } from '../outline.ts'
import { keep, type Project, type ProjectorOf } from './project.ts'

/** Steps of going through an array, beside one for each item (rule P15). */
const visitSteps = 3

/**
 * Projects the items of arrays. An item of an undocumented type is dropped; in a tuple, where positions have meanings, it becomes
 * null.
 */
export function itemsOf(nodes: readonly Node[], projectorOf: ProjectorOf): Project {
  const describing = nodes.filter(describesArrays)
  if (describing.length === 0) return keep
  const length = Math.max(...describing.map((node) => schemasAt(node, 'prefixItems').length))
  const tuple = Array.from({ length }, (_, at) => projectorAt(describing, at, projectorOf))
  const rest = projectorAt(describing, length, projectorOf)
  if (length === 0 && rest === keep) return keep
  return (value) => {
    const source = value as readonly JsonValue[]
    // Made at the first item that is not kept as it is.
    let kept: JsonValue[] | null = null
    work.spend(visitSteps + source.length)
    let at = 0
    for (const item of source) {
      const positional = at < length
      const project = (positional ? tuple[at] : rest) ?? null
      const projected = project === null ? undefined : project(item)
      if (projected !== item) kept ??= source.slice(0, at)
      if (projected !== undefined) kept?.push(projected)
      else if (positional) kept?.push(null)
      at += 1
    }
    return kept ?? source
  }
}

function projectorAt(nodes: readonly Node[], at: number, projectorOf: ProjectorOf): Project | null {
  const found = nodes
    .map((node) => schemasAt(node, 'prefixItems')[at] ?? schemaAt(node, 'items'))
    .filter((schema): schema is Schema => schema !== undefined)
  if (found.length > 0) return projectorOf(found)
  const unevaluated = nodes
    .map((node) => schemaAt(node, 'unevaluatedItems'))
    .filter((schema): schema is Schema => schema !== undefined)
  return unevaluated.length > 0 ? projectorOf(unevaluated) : null
}
