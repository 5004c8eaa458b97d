import { parseUrl } from '../../templates/runtime/words/urls.ts'
import type { OperationModel, PathTemplate } from '../model/types.ts'
import type { SimulatedService } from './types.ts'

export interface Found {
  readonly service: SimulatedService
  readonly operation: OperationModel
  readonly key: string
}

export interface Directory {
  /** The operation of a request to a service. Static paths take precedence over templates. */
  find(method: string, url: string): Found | null
}

interface Entry extends Found {
  readonly pattern: RegExp
  readonly parameters: number
  readonly literals: number
}

/** Finds operations by method and path, with or without the base path of the document's servers. */
export function createDirectory(services: readonly SimulatedService[]): Directory {
  const entries = services.flatMap(entriesOf)
  // An operation HEAD answers HEAD before the GET of its path.
  entries.sort(
    (a, b) =>
      a.parameters - b.parameters ||
      b.literals - a.literals ||
      Number(b.operation.method === 'HEAD') - Number(a.operation.method === 'HEAD'),
  )
  const bases = new Set(
    services
      .flatMap(({ model }) => [...model.servers, ...model.operations.flatMap((one) => one.servers)])
      .map(basePath),
  )

  const find = (method: string, url: string): Found | null => {
    const [path = '/', query = ''] = url.split('?', 2)
    for (const base of ['', ...bases]) {
      if (!path.startsWith(base)) continue
      const rest = path.slice(base.length)
      const entry = entries.find((one) => answersTo(one, method) && one.pattern.test(rest) && hasQuery(one, query))
      if (entry !== undefined) return entry
    }
    return null
  }
  return { find }
}

function entriesOf(service: SimulatedService): Entry[] {
  return service.model.operations.flatMap((operation) => {
    const key = service.keys.get(operation)
    if (key === undefined) return []
    const pieces = operation.path.segments.flat()
    return [
      {
        service,
        operation,
        key,
        pattern: patternOf(operation.path),
        parameters: pieces.filter((piece) => piece.kind === 'parameter').length,
        literals: pieces.reduce((sum, piece) => sum + (piece.kind === 'literal' ? piece.text.length : 0), 0),
      },
    ]
  })
}

function answersTo({ operation }: Entry, method: string): boolean {
  return operation.method === method || (method === 'HEAD' && operation.method === 'GET')
}

function hasQuery({ operation }: Entry, query: string): boolean {
  const fixed = operation.path.query
  if (fixed === null) return true
  const sent = new Set(query.split('&'))
  return fixed.split('&').every((pair) => sent.has(pair))
}

function patternOf(path: PathTemplate): RegExp {
  const segments = path.segments.map((segment) =>
    segment.map((piece) => (piece.kind === 'literal' ? escaped(piece.text) : '[^/]+?')).join(''),
  )
  return new RegExp(`^/${segments.join('/')}$`)
}

/** A pattern for a literal of a path, with or without percent-encoding. */
function escaped(text: string): string {
  const variants = [...new Set([text, encodeURIComponent(text), encodeURI(text)])]
  return `(?:${variants.map((one) => one.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')})`
}

function basePath(server: string): string {
  const path = parseUrl(server)?.pathname ?? server
  return path.replace(/\/+$/, '')
}
