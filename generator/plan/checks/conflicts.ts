import type { PathPiece } from '../../model/types.ts'
import { groupedBy } from '../../support/index.ts'

/**
 * The order in which the gateway's matcher (templates/runtime/matching/matcher.ts) tries templates, segment by segment from the left: a
 * literal segment, then segments of literals and parameters with more literal bytes before those with fewer, then a parameter
 * alone. Two templates are in conflict where some path fits both and this order does not say which of them is meant.
 */
export interface Templated {
  readonly method: string
  readonly segments: readonly (readonly PathPiece[])[]
}

export interface Conflict<T> {
  readonly first: T
  readonly second: T
}

/** One segment as the matcher sees it: the literal bytes around its parameters. One literal: no parameter. */
interface Shape {
  readonly key: string
  readonly literals: readonly string[]
  readonly weight: number
}

interface Node<T> {
  readonly children: Map<string, { readonly shape: Shape; readonly node: Node<T> }>
  readonly leaves: T[]
}

/**
 * Finds every conflict among routes, in their order. Routes meet only where they share a node of the trie, so the cost grows with
 * their number; pairs are compared only below sibling segments of equal weight that overlap, which hardly any API has.
 */
export function findConflicts<T extends Templated>(routes: readonly T[]): readonly Conflict<T>[] {
  const conflicts: Conflict<T>[] = []
  for (const group of groupedBy(routes, (route) => `${route.method} ${route.segments.length}`).values()) {
    const root = trieOf(group)
    collect(root, conflicts)
  }
  return conflicts
}

function trieOf<T extends Templated>(routes: readonly T[]): Node<T> {
  const root = createNode<T>()
  for (const route of routes) {
    let node = root
    for (const segment of route.segments) {
      const shape = shapeOf(segment)
      const child = node.children.get(shape.key) ?? { shape, node: createNode<T>() }
      node.children.set(shape.key, child)
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
  for (const rivals of groupedBy(patterns, ({ shape }) => shape.weight).values()) {
    for (const [i, a] of rivals.entries()) {
      for (const b of rivals.slice(i + 1)) {
        if (overlap(a.shape, b.shape)) compareAll(routesBelow(a.node), routesBelow(b.node), conflicts)
      }
    }
  }
  for (const child of children) collect(child.node, conflicts)
}

function compareAll<T extends Templated>(left: readonly T[], right: readonly T[], conflicts: Conflict<T>[]): void {
  for (const first of left) {
    for (const second of right) {
      const meet = first.segments.every((segment, i) => overlap(shapeOf(segment), shapeOf(second.segments[i] ?? [])))
      if (meet) conflicts.push({ first, second })
    }
  }
}

function routesBelow<T>(node: Node<T>): readonly T[] {
  return [...node.leaves, ...[...node.children.values()].flatMap((child) => routesBelow(child.node))]
}

function shapeOf(segment: readonly PathPiece[]): Shape {
  const literals = ['']
  for (const piece of segment) {
    if (piece.kind === 'parameter') literals.push('')
    else literals.push(`${literals.pop() ?? ''}${bytesOf(piece.text)}`)
  }
  return { key: literals.join('{}'), literals, weight: literals.reduce((sum, literal) => sum + literal.length, 0) }
}

/** The matcher compares percent-decoded bytes. One character stands for one byte. */
function bytesOf(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1')
  return bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Whether some text fits both shapes; a parameter stands for one byte or more. */
export function overlap(a: Pick<Shape, 'literals'>, b: Pick<Shape, 'literals'>): boolean {
  return meet(symbolsOf(a), symbolsOf(b))
}

/** A byte of a literal; the first byte of a parameter; any number of further ones. */
type Sign = { readonly kind: 'byte'; readonly byte: string } | { readonly kind: 'any' } | { readonly kind: 'more' }

function symbolsOf({ literals }: Pick<Shape, 'literals'>): readonly Sign[] {
  return literals.flatMap((literal, i): readonly Sign[] => [
    ...(i === 0 ? [] : ([{ kind: 'any' }, { kind: 'more' }] as const)),
    ...[...literal].map((byte): Sign => ({ kind: 'byte', byte })),
  ])
}

/** Whether two patterns have a text in common: a walk over pairs of positions, each visited once. */
function meet(a: readonly Sign[], b: readonly Sign[]): boolean {
  const seen = new Set<number>()
  const stack: [number, number][] = [[0, 0]]
  for (let pair = stack.pop(); pair !== undefined; pair = stack.pop()) {
    const [i, j] = pair
    const position = i * (b.length + 1) + j
    if (seen.has(position)) continue
    seen.add(position)
    const [x, y] = [a[i], b[j]]
    if (x === undefined && y === undefined) return true
    if (x?.kind === 'more') stack.push([i + 1, j])
    if (y?.kind === 'more') stack.push([i, j + 1])
    if (x === undefined || y === undefined) continue
    if (x.kind === 'byte' && y.kind === 'byte' && x.byte !== y.byte) continue
    stack.push([x.kind === 'more' ? i : i + 1, y.kind === 'more' ? j : j + 1])
  }
  return false
}
