import { type SegmentShape, segmentsOverlap } from '../../../../templates/runtime/words/matchOrder.ts'
import { foldedShape, isSibling } from '../../../../templates/runtime/words/siblings.ts'
import type { OperationModel, PathPiece } from '../../../model/types.ts'
import { compareText } from '../../../support/index.ts'
import type { ServiceSource } from '../source.ts'
import { literalsOf, templateText } from './path.ts'

type Segments = readonly (readonly PathPiece[])[]

/** The path templates of a service's document. */
export interface PathIndex {
  /**
   * Templates of other paths of the document that a request of the operation could reach by the values of its parameters (rule
   * R8), relative to the operation's address, in code-unit order. In any method, exposed or not. Values of the parameters in `slashed`
   * may have slashes, at which a service may split them.
   */
  siblingsOf(operation: Pick<OperationModel, 'path' | 'servers'>, slashed?: ReadonlySet<string>): readonly string[]
}

interface Template {
  readonly segments: Segments
  readonly shapes: readonly SegmentShape[]
}

interface Node {
  readonly literals: Map<string, Node>
  readonly patterns: Map<string, { readonly shape: SegmentShape; readonly node: Node }>
  readonly templates: Template[]
}

/**
 * An address of a service: its authority, which is `''` where all paths have one address, and the segments before the paths of
 * the document.
 */
interface Address {
  readonly authority: string
  readonly base: Segments
}

/** Indexes the paths of a document in a trie for each authority, so that only paths that begin alike are compared. */
export function indexPaths({ model, manifest }: Pick<ServiceSource, 'model' | 'manifest'>): PathIndex {
  const addressesOf = (servers: readonly string[]): readonly Address[] =>
    manifest.url.length > 0 || servers.length === 0 ? [{ authority: '', base: [] }] : servers.map(addressOf)
  const roots = new Map<string, Node>()
  const templates = new Map<string, Template[]>()
  for (const { segments, servers } of model.paths) {
    for (const { authority, base } of addressesOf(servers)) {
      const root = roots.get(authority) ?? createNode()
      roots.set(authority, root)
      const template = templateOf([...base, ...segments])
      insert(root, template)
      const all = templates.get(authority) ?? []
      templates.set(authority, all)
      all.push(template)
    }
  }
  return {
    siblingsOf({ path, servers }, slashed = none) {
      const end = path.segments.length > 1 && path.segments.at(-1)?.length === 0 ? '/' : ''
      const found = addressesOf(servers).flatMap(({ authority, base }) => {
        const root = roots.get(authority)
        const own = templateOf([...base, ...path.segments])
        const rivals = root === undefined ? [] : candidates(root, own.shapes, 0)
        const split = own.segments.some((pieces) => pieces.some((piece) => isSlashed(piece, slashed)))
          ? (templates.get(authority) ?? []).filter(({ shapes }) => mayBeSplit(own.segments, shapes, slashed))
          : []
        return [...rivals.filter(({ shapes }) => isSibling(own.shapes, shapes)), ...split].map(
          ({ segments }) => `${templateText(segments.slice(base.length))}${end}`,
        )
      })
      return [...new Set(found)].sort(compareText)
    },
  }
}

function addressOf(server: string): Address {
  const [, authority = '', path = ''] = /^(?:[a-z][a-z0-9+.-]*:)?(?:\/\/([^/?#]*))?([^?#]*)/i.exec(server) ?? []
  const texts = path.split('/').filter((text) => text !== '')
  // The scheme does not count, so a standard port is none.
  return {
    authority: authority.toLowerCase().replace(/:(?:80|443)?$/, ''),
    base: texts.map((text) => [{ kind: 'literal', text }]),
  }
}

/** A trailing slash does not count: many servers ignore it. */
function templateOf(all: Segments): Template {
  const segments = all.length > 1 && all.at(-1)?.length === 0 ? all.slice(0, -1) : all
  return { segments, shapes: segments.map((pieces) => foldedShape(literalsOf(pieces))) }
}

const createNode = (): Node => ({ literals: new Map(), patterns: new Map(), templates: [] })

function insert(root: Node, template: Template): void {
  let node = root
  for (const shape of template.shapes) {
    const known = shape.literals.length === 1 ? node.literals.get(shape.key) : node.patterns.get(shape.key)?.node
    const next = known ?? createNode()
    if (known === undefined && shape.literals.length === 1) node.literals.set(shape.key, next)
    else if (known === undefined) node.patterns.set(shape.key, { shape, node: next })
    node = next
  }
  node.templates.push(template)
}

/** Templates of which some path also matches `own`, from its segment `at` on. */
function candidates(node: Node, own: readonly SegmentShape[], at: number): readonly Template[] {
  const shape = own[at]
  if (shape === undefined) return node.templates
  const patterns = [...node.patterns.values()].filter((pattern) => segmentsOverlap(shape, pattern.shape))
  const literals =
    shape.literals.length === 1
      ? [node.literals.get(shape.key)]
      : [...node.literals].map(([text, next]) => (segmentsOverlap(shape, literalShape(text)) ? next : undefined))
  const next = [...literals, ...patterns.map((pattern) => pattern.node)]
  return next.flatMap((one) => (one === undefined ? [] : candidates(one, own, at + 1)))
}

const literalShape = (text: string): SegmentShape => ({ literals: [text], weight: text.length, key: text })

const none: ReadonlySet<string> = new Set()

function isSlashed(piece: PathPiece, slashed: ReadonlySet<string>): boolean {
  return piece.kind === 'parameter' && slashed.has(piece.name)
}

/**
 * Whether values with slashes can make a path of `own` that another template matches, of which the values are more than one segment: a table
 * of the segments of both, as for texts with wildcards.
 */
function mayBeSplit(own: Segments, other: readonly SegmentShape[], slashed: ReadonlySet<string>): boolean {
  if (other.length <= own.length) return false
  /** The numbers of segments of `other` that the segments of `own` so far may cover. */
  let reached = new Set([0])
  for (const pieces of own) {
    const next = new Set<number>()
    const whole = foldedShape(literalsOf(pieces))
    const ends = endsOf(pieces, slashed)
    for (const from of reached) {
      const [first] = other.slice(from, from + 1)
      if (first === undefined) continue
      if (segmentsOverlap(whole, first)) next.add(from + 1)
      if (ends === null || !segmentsOverlap(ends.first, first)) continue
      for (let to = from + 2; to <= other.length; to++) {
        const last = other[to - 1]
        if (last !== undefined && segmentsOverlap(ends.last, last)) next.add(to)
      }
    }
    reached = next
  }
  return reached.has(other.length)
}

/** The shapes of the first and the last piece of a segment that is split at a slash; `null`: it has no parameter with slashes. */
function endsOf(
  pieces: readonly PathPiece[],
  slashed: ReadonlySet<string>,
): { readonly first: SegmentShape; readonly last: SegmentShape } | null {
  const marks = pieces.map((piece) => isSlashed(piece, slashed))
  const start = marks.indexOf(true)
  if (start < 0) return null
  return {
    first: foldedShape(literalsOf(pieces.slice(0, start + 1))),
    last: foldedShape(literalsOf(pieces.slice(marks.lastIndexOf(true)))),
  }
}
