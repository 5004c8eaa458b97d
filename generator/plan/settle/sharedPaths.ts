import type { RouteDraft } from '../draft/types.ts'

/** Names of path parameters in the contract, by those of the operation, where the two differ. */
export type PathNames = Readonly<Record<string, string>>

type Pathed = Pick<RouteDraft, 'path' | 'operation'>

/**
 * For each route the names of its path parameters in the contract; `null`: those of the operation. Of paths that differ only in these
 * names, which OpenAPI forbids, each has the names of the first. A name that is sent (style `matrix`) stays.
 */
export function sharedNames(routes: readonly Pathed[]): readonly (PathNames | null)[] {
  const first = new Map<string, readonly string[]>()
  return routes.map((route) => {
    const names = namesOf(route)
    const shape = shapeOf(route)
    const shared = first.get(shape)
    if (shared === undefined) {
      first.set(shape, names)
      return null
    }
    const changed = names.flatMap((name, at) => (shared[at] === name ? [] : [[name, shared[at] ?? name] as const]))
    return changed.length === 0 ? null : Object.fromEntries(changed)
  })
}

function namesOf({ path }: Pathed): readonly string[] {
  return path.segments.flat().flatMap((piece) => (piece.kind === 'parameter' ? [piece.name] : []))
}

/** The path without the names of its parameters. */
function shapeOf({ path, operation }: Pathed): string {
  const sent = new Set(operation.parameters.filter(({ style }) => style === 'matrix').map(({ name }) => name))
  const segments = path.segments.map((pieces) =>
    pieces.map((piece) => (piece.kind === 'literal' ? piece.text : sent.has(piece.name) ? `{${piece.name}}` : '{}')),
  )
  return JSON.stringify(segments)
}
