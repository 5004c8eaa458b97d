/**
 * A parsed key of `expose`:
 * `orders.getOrder`, `orders GET /orders/{orderId}`, `orders * /orders/{orderId}`, `orders GET /orders/*`, `orders * /orders/*`,
 * `orders#history`, `orders.*`.
 */
export type Selector = { readonly service: string } & (
  | { readonly kind: 'operationId'; readonly operationId: string }
  /** `method` is `null` for `*`. */
  | { readonly kind: 'path'; readonly method: string | null; readonly path: string }
  /** `prefix` ends with `/`. */
  | { readonly kind: 'prefix'; readonly method: string | null; readonly prefix: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'service' }
)

const form = /^([^\s.#]+)([.#]|\s+)(.+)$/s
const methodAndPath = /^(\*|[A-Za-z]+)\s+(\/.*)$/s

/** Parses a selector; `null` if it has none of the forms. */
export function parseSelector(text: string): Selector | null {
  const match = form.exec(text.trim())
  const [, service = '', separator = '', rest = ''] = match ?? []
  if (match === null) return null
  if (separator === '#') return { service, kind: 'tag', tag: rest }
  if (separator === '.')
    return rest === '*' ? { service, kind: 'service' } : { service, kind: 'operationId', operationId: rest }
  const [, verb, path] = methodAndPath.exec(rest) ?? []
  if (verb === undefined || path === undefined) return null
  const method = verb === '*' ? null : verb.toUpperCase()
  if (path.endsWith('/*')) return { service, kind: 'prefix', method, prefix: path.slice(0, -1) }
  return { service, kind: 'path', method, path }
}

/**
 * Whether `a` is more specific than `b`, if both match the same operation. From most to least specific: one operation; its path
 * with any method; prefixes (a longer one before a shorter one) and tags; the whole service. Of a tag and a prefix, neither is
 * more specific than the other.
 */
export function isMoreSpecific(a: Selector, b: Selector): boolean {
  const [low, high] = [level(a), level(b)]
  if (low !== high) return low > high
  if (a.kind !== 'prefix' || b.kind !== 'prefix') return false
  const inside = a.prefix.startsWith(b.prefix) && (b.method === null || a.method === b.method)
  return inside && (a.prefix !== b.prefix || a.method !== b.method)
}

/** Whether a selector names one operation. */
export function isSingle(selector: Selector): boolean {
  return level(selector) === 4
}

function level(selector: Selector): number {
  switch (selector.kind) {
    case 'operationId':
      return 4
    case 'path':
      return selector.method === null ? 3 : 4
    case 'prefix':
    case 'tag':
      return 2
    case 'service':
      return 1
  }
}
