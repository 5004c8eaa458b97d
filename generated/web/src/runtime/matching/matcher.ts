import { compareSegments, segmentsOverlap } from '../words/matchOrder.ts'
import { decodeBytes } from '../words/percent.ts'
import { compileSegment, type Segment } from './segment.ts'

/** Result of a look-up: the value of the most specific template, or the methods that the path has. */
export type Found<T> =
  | { readonly kind: 'found'; readonly value: T; readonly names: readonly string[]; readonly raw: readonly string[] }
  /** In code-unit order; empty: no template matches the path. */
  | { readonly kind: 'missing'; readonly methods: readonly string[] }

export interface Matcher<T> {
  /**
   * Finds the entry for `method` on a path, which must be encoded and already checked (`words/cleanPath.ts`). Of the templates
   * that match, those with earlier and longer literals come first; a template without the method is skipped. HEAD uses the entry
   * of GET where it has none (RFC 9110 section 9.3.2). A path that the found entry refuses is missing: no other entry is tried.
   */
  find(method: string, path: string): Found<T>
  /**
   * Whether entries may tie: two for one method and equal templates, or templates with overlapping segments of equal weight.
   * `findConflicts` (`words/conflicts.ts`) then lists the entries that do.
   */
  readonly mayTie: boolean
  /** Methods for which `find` finds the path, HEAD included wherever GET is; in code-unit order. */
  methods(path: string): readonly string[]
}

export interface Entry<T> {
  readonly method: string
  /** OpenAPI path template. */
  readonly path: string
  readonly value: T
  /** Whether the path with these encoded values of its parameters is not the entry's. Absent: all are. */
  readonly refuses?: (raw: readonly string[]) => boolean
}

interface Leaf<T> {
  readonly names: readonly string[]
  readonly value: T
  readonly refuses: ((raw: readonly string[]) => boolean) | null
}

interface Node<T> {
  /**
   * By the percent-decoded bytes of the literal, so that `/%61dmin` is `/admin` (RFC 3986 section 6.2.2.2) and cannot bypass its
   * route.
   */
  readonly literals: Map<string, Node<T>>
  /** In the order of `compareSegments`. */
  readonly patterns: { readonly segment: Segment; readonly node: Node<T> }[]
  readonly leaves: Map<string, Leaf<T>>
}

const createNode = <T>(): Node<T> => ({ literals: new Map(), patterns: [], leaves: new Map() })

/**
 * A trie over path segments. The cost of a look-up depends on the length of the path, not on the number of templates; each node
 * is visited at most once, which bounds backtracking. Two entries for one method and equal templates (except for names of
 * parameters) are a mistake of the caller: the later one wins.
 */
export function createMatcher<T>(entries: readonly Entry<T>[]): Matcher<T> {
  const root = createNode<T>()
  let mayTie = false
  const onTie = (): void => {
    mayTie = true
  }
  for (const entry of entries) insert(root, entry, onTie)

  return {
    mayTie,
    find(method, path) {
      const raw: string[] = []
      const leaf = descend(root, path, 1, raw, method)
      if (leaf !== null && (leaf.refuses === null || !leaf.refuses(raw)))
        return { kind: 'found', value: leaf.value, names: leaf.names, raw }
      return { kind: 'missing', methods: methodsOf(root, path) }
    },
    methods: (path) => methodsOf(root, path),
  }
}

function insert<T>(root: Node<T>, { method, path, value, refuses }: Entry<T>, onTie: () => void): void {
  let node = root
  const names: string[] = []
  for (const text of path.slice(1).split('/')) {
    const segment = compileSegment(text)
    names.push(...segment.names)
    node = childFor(node, segment, onTie)
  }
  if (node.leaves.has(method)) onTie()
  node.leaves.set(method, { names, value, refuses: refuses ?? null })
}

function childFor<T>(node: Node<T>, segment: Segment, onTie: () => void): Node<T> {
  const child = createNode<T>()
  if (segment.names.length === 0) {
    const known = node.literals.get(segment.key)
    if (known !== undefined) return known
    node.literals.set(segment.key, child)
    return child
  }
  const known = node.patterns.find((pattern) => pattern.segment.key === segment.key)
  if (known !== undefined) return known.node
  const isRival = (rival: Segment): boolean => rival.weight === segment.weight && segmentsOverlap(rival, segment)
  if (node.patterns.some((pattern) => isRival(pattern.segment))) onTie()
  node.patterns.push({ segment, node: child })
  node.patterns.sort((a, b) => compareSegments(a.segment, b.segment))
  return child
}

/**
 * The leaf for the method below `node`; the values of its parameters are appended to `raw`. `null`: there is none, and `raw` is
 * unchanged.
 */
function descend<T>(node: Node<T>, path: string, from: number, raw: string[], method: string): Leaf<T> | null {
  const slash = path.indexOf('/', from)
  const text = slash < 0 ? path.slice(from) : path.slice(from, slash)
  const bytes = decodeBytes(text)

  const literal = node.literals.get(bytes)
  if (literal !== undefined) {
    const leaf = slash < 0 ? leafFor(literal, method) : descend(literal, path, slash + 1, raw, method)
    if (leaf !== null) return leaf
  }
  if (text === '') return null
  const count = raw.length
  for (const pattern of node.patterns) {
    if (!pattern.segment.read(text, bytes, raw)) continue
    const leaf = slash < 0 ? leafFor(pattern.node, method) : descend(pattern.node, path, slash + 1, raw, method)
    if (leaf !== null) return leaf
    raw.length = count
  }
  return null
}

function leafFor<T>(node: Node<T>, method: string): Leaf<T> | null {
  return node.leaves.get(method) ?? (method === 'HEAD' ? node.leaves.get('GET') : undefined) ?? null
}

/** Off the hot path: only for 404, 405, OPTIONS and preflights. */
function methodsOf<T>(root: Node<T>, path: string): readonly string[] {
  let nodes: Node<T>[] = [root]
  for (const text of path.slice(1).split('/')) {
    const bytes = decodeBytes(text)
    nodes = nodes.flatMap((node) => {
      const literal = node.literals.get(bytes)
      const patterns = text === '' ? [] : node.patterns.filter((pattern) => pattern.segment.read(text, bytes, []))
      return [...(literal === undefined ? [] : [literal]), ...patterns.map((pattern) => pattern.node)]
    })
  }
  const methods = new Set(nodes.flatMap((node) => [...node.leaves.keys()]))
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods].filter((method) => isAllowed(root, path, method)).sort()
}

function isAllowed<T>(root: Node<T>, path: string, method: string): boolean {
  const raw: string[] = []
  const leaf = descend(root, path, 1, raw, method)
  return leaf !== null && (leaf.refuses === null || !leaf.refuses(raw))
}
