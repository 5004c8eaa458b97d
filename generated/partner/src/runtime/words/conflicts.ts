import { type SegmentShape, segmentsOverlap } from './matchOrder.ts'

/** The parts of a route that requests are matched with. */
export interface Templated {
  readonly method: string
  readonly segments: readonly SegmentShape[]
}

/** Two routes that match the same request and that the order of `matchOrder.ts` does not rank. */
export interface Conflict<T> {
  readonly first: T
  readonly second: T
}

interface Node<T> {
  readonly children: Map<string, { readonly shape: SegmentShape; readonly node: Node<T> }>
  readonly leaves: T[]
}

/**
 * Finds all conflicts among routes, in their order. Routes are grouped in a trie, so the time is linear in their number. Pairs of
 * routes are compared only below overlapping sibling segments of equal weight, which few APIs have.
 */
export function findConflicts<T extends Templated>(routes: readonly T[]): readonly Conflict<T>[] {
  const conflicts: Conflict<T>[] = []
  for (const group of groupsOf(routes, ({ method, segments }) => `${method} ${segments.length}`)) {
    collect(trieOf(group), conflicts)
  }
  return conflicts
}

function trieOf<T extends Templated>(routes: readonly T[]): Node<T> {
  const root = createNode<T>()
  for (const route of routes) {
    let node = root
    for (const shape of route.segments) {
      let child = node.children.get(shape.key)
      if (child === undefined) {
        child = { shape, node: createNode<T>() }
        node.children.set(shape.key, child)
      }
      node = child.node
    }
    node.leaves.push(route)
  }
  return root
}

const createNode = <T>(): Node<T> => ({ children: new Map(), leaves: [] })

function collect<T extends Templated>(node: Node<T>, conflicts: Conflict<T>[]): void {
  const [first, ...others] = node.leaves
  if (first !== undefined) for (const second of others) conflicts.push({ first, second })

  const children = [...node.children.values()]
  const patterns = children.filter(({ shape }) => shape.literals.length > 1)
  for (const rivals of groupsOf(patterns, ({ shape }) => shape.weight)) {
    for (const [i, a] of rivals.entries()) {
      for (const b of rivals.slice(i + 1)) {
        if (segmentsOverlap(a.shape, b.shape)) compareAll(routesBelow(a.node), routesBelow(b.node), conflicts)
      }
    }
  }
  for (const child of children) collect(child.node, conflicts)
}

function compareAll<T extends Templated>(left: readonly T[], right: readonly T[], conflicts: Conflict<T>[]): void {
  for (const first of left) {
    for (const second of right) {
      const meet = first.segments.every((shape, i) => {
        const other = second.segments[i]
        return other !== undefined && segmentsOverlap(shape, other)
      })
      if (meet) conflicts.push({ first, second })
    }
  }
}

function routesBelow<T>(node: Node<T>): readonly T[] {
  return [...node.leaves, ...[...node.children.values()].flatMap((child) => routesBelow(child.node))]
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string | number): readonly (readonly T[])[] {
  const groups = new Map<string | number, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()]
}
