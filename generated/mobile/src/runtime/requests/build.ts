import { compileReserved } from '../matching/reserved.ts'
import { pathTemplate } from '../parameters/index.ts'
import type { OutgoingHeaders, ServiceRequest } from '../upstream/request.ts'
import type { CallAction } from '../vocabulary.ts'

/** The inputs of an operation as encoded and checked text: read from a client's request, or written from values. */
export interface RequestInputs {
  readonly path: ReadonlyMap<string, string>
  /** Each item is the pairs of one parameter, joined by `&`. */
  readonly query: readonly string[]
  /** Lower-case names; the declared cookies are in `cookie`. */
  readonly headers: OutgoingHeaders
}

/**
 * Builds the request to a service, without its body. `malformed`: valid values combine to an empty or dot segment, which would change
 * the path (rule R3). `reserved`: they make the path of another operation (rule R8).
 */
export type RequestBuilder = (inputs: RequestInputs) => ServiceRequest | 'malformed' | 'reserved'

export function createRequestBuilder({
  method,
  path: address,
  reserved = [],
}: Pick<CallAction, 'method' | 'path' | 'reserved'>): RequestBuilder {
  const template = pathTemplate(address)
  const isReserved = compileReserved<ReadonlyMap<string, string>>(
    address,
    reserved,
    (name) => (values) => values.get(name),
  )
  return ({ path, query, headers }) => {
    if (isReserved?.(path)) return 'reserved'
    const filled = template.path(path)
    if (filled === null) return 'malformed'
    let pairs = template.query
    for (const text of query) if (text !== '') pairs += pairs === '' ? text : `&${text}`
    return { method, path: pairs === '' ? filled : `${filled}?${pairs}`, headers, body: null }
  }
}
