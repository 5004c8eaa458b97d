import type { Check } from './check.ts'
import { selectorOf } from './wording.ts'

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * An operation with an unsafe method that is exposed under a safe one (RFC 9110 section 9.2.1). Caches, crawlers and prefetching
 * browsers send requests with safe methods freely, and protection against cross-site requests may allow them.
 */
export const unsafeUnderSafe: Check = {
  of: 'route',
  find: (route) => {
    const { method } = route.options
    if (method === null || !safe.has(method.value.toUpperCase()) || safe.has(route.operation.method)) return []
    return [
      {
        message: `${selectorOf(route)} is ${route.operation.method} at its service and cannot be exposed as ${route.method}.`,
        origin: method.origin,
        related: [{ origin: route.operation.origin, message: `declares ${route.operation.reference}` }],
        remedy: 'Remove `method`, or choose one of POST, PUT, PATCH and DELETE.',
      },
    ]
  },
}
